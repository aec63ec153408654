//! How the canvas names what can be selected, in attributes of its elements.

use super::Spot;
use domain::workflow::graph::{Place, StepId};
use std::fmt;
use std::str::FromStr;

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trigger => f.write_str("trigger"),
            Self::Step(id) => write!(f, "step-{id}"),
            Self::End(Place::First) => f.write_str("end-0"),
            Self::End(Place::After(id, exit)) => write!(f, "end-{id}-{exit}"),
        }
    }
}

/// The text names nothing on a canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSpot;

impl FromStr for Spot {
    type Err = NoSpot;
    fn from_str(text: &str) -> Result<Self, NoSpot> {
        if text == "trigger" {
            return Ok(Self::Trigger);
        }
        if let Some(id) = text.strip_prefix("step-") {
            return id.parse().map(|id| Self::Step(StepId(id))).map_err(|_| NoSpot);
        }
        match text.strip_prefix("end-").ok_or(NoSpot)?.split_once('-') {
            None => Ok(Self::End(Place::First)),
            Some((id, exit)) => {
                let id = id.parse().map_err(|_| NoSpot)?;
                Ok(Self::End(Place::After(StepId(id), exit.parse().map_err(|_| NoSpot)?)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::workflow::exit::Exit;

    #[test]
    fn a_spot_is_read_back_from_its_name() {
        let after = Place::After(StepId(12), Exit::Branch(3));
        for spot in [Spot::Trigger, Spot::Step(StepId(7)), Spot::End(Place::First), Spot::End(after)] {
            assert_eq!(spot.to_string().parse(), Ok(spot));
        }
        assert_eq!("step-".parse::<Spot>(), Err(NoSpot));
        assert_eq!("end-1-nowhere".parse::<Spot>(), Err(NoSpot));
    }
}
