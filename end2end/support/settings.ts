/** The settings every start of the server under test shares. Production's, but for the loopback addresses. */
export const settings = {
  BRAND_NAME: "Steward",
  SUPPORT_EMAIL: "support@example.test",
  BOOK_A_CALL_CALENDAR: "northwind-studio/discovery-call",
  LOG_FORMAT: "json",
  // All tests come from one address; what the limits do is tested elsewhere.
  REQUESTS_PER_MINUTE: "100000",
  // Worth nothing outside of these tests.
  SECRET_KEY: "c3Rld2FyZC1icm93c2VyLXRlc3RzLTMyLWJ5dGVzISE=",
};

/** What the tests' own shell has set must not reach the server: only where programs are found does. */
export function environment(own: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, TZ } = process.env;
  return { PATH, HOME, TZ, RUST_BACKTRACE: "1", ...settings, ...own };
}
