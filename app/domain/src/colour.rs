use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Problem;

macro_rules! colours {
    ($($name:ident $key:literal $label:literal;)*) => {
        /// What marks a stage on the board, or a calendar in the week.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Colour { $($name),* }

        impl Colour {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As stored and sent.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label),* }
            }
        }
    };
}

colours! {
    Grey "grey" "Grey";
    Blue "blue" "Blue";
    Teal "teal" "Teal";
    Green "green" "Green";
    Yellow "yellow" "Yellow";
    Orange "orange" "Orange";
    Red "red" "Red";
    Purple "purple" "Purple";
}

impl FromStr for Colour {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|colour| colour.key() == key).ok_or(Problem::InvalidChoice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_and_are_the_wire_form() {
        for colour in Colour::ALL {
            assert_eq!(colour.key().parse(), Ok(*colour));
            assert_eq!(serde_json::to_value(colour).unwrap(), colour.key());
        }
        assert_eq!("mauve".parse::<Colour>(), Err(Problem::InvalidChoice));
    }
}
