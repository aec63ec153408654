//! Medians and spreads: what is left of several rounds.

/// The values of one side, a round each.
#[derive(Clone, Debug, Default)]
pub struct Series(Vec<f64>);

impl Series {
    /// Adds a round.
    pub fn push(&mut self, value: f64) {
        self.0.push(value);
        self.0.sort_by(f64::total_cmp);
    }

    /// How many rounds there are.
    pub fn rounds(&self) -> usize {
        self.0.len()
    }

    /// The middle value, nothing without a round.
    pub fn median(&self) -> Option<f64> {
        let middle = self.0.len() / 2;
        match (self.0.get(middle.wrapping_sub(1)), self.0.get(middle)) {
            (Some(below), Some(above)) if self.0.len().is_multiple_of(2) => {
                Some(f64::midpoint(*below, *above))
            }
            (_, middle) => middle.copied(),
        }
    }

    /// The value that this share of the rounds does not exceed, such as 0.99.
    pub fn percentile(&self, share: f64) -> Option<f64> {
        let last = self.0.len().checked_sub(1)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an index within a list in memory"
        )]
        let index = (last as f64 * share).round() as usize;
        self.0.get(index).copied()
    }

    /// The smallest and the largest value.
    pub fn spread(&self) -> Option<(f64, f64)> {
        Some((*self.0.first()?, *self.0.last()?))
    }
}

impl FromIterator<f64> for Series {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        assert_eq!(Series::from_iter([4.0, 1.0, 3.0, 2.0]).median(), Some(2.5));
        assert_eq!(Series::from_iter([9.0, 1.0, 3.0]).median(), Some(3.0));
        assert_eq!(Series::default().median(), None);
    }

    #[test]
    fn one_wild_round_widens_the_spread_and_leaves_the_median() {
        let mut series = Series::from_iter([10.0, 11.0, 12.0, 13.0]);
        series.push(900.0);
        assert_eq!(series.median(), Some(12.0));
        assert_eq!(series.spread(), Some((10.0, 900.0)));
    }

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let series: Series = (0..=100).map(f64::from).collect();
        assert_eq!(series.percentile(0.99), Some(99.0));
        assert_eq!(Series::default().percentile(0.99), None);
    }
}
