# Every target is a script of the same name in scripts/; read that for what it does.
.PHONY: help run test setup check fmt prepare bench clean-data

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## Install what is missing, build, start a private PostgreSQL, seed it, and serve on 127.0.0.1:3000
	@scripts/run.sh

test: ## Everything that CI runs
	@scripts/test.sh

setup: ## Install what running and testing need
	@scripts/setup.sh test
	@echo 'All tools are there. To use them in your shell: see the head of docs/development.md.'

check: ## The fast checks: formatting, clippy for both targets, dependency rules
	@scripts/check.sh

fmt: ## Format the Rust code
	@cargo fmt --all

prepare: ## Write the committed query data in .sqlx anew, after a change of SQL or of a migration
	@scripts/prepare.sh

bench: ## Print what a permission check and a toggle cost
	@scripts/bench.sh

clean-data: ## Delete the development database, its mails and its keys
	@scripts/clean-data.sh
