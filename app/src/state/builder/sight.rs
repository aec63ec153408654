//! What part of the canvas is seen, and how large.

/// The smallest and the largest the canvas is drawn, in percent.
pub const SMALLEST: u32 = 25;
pub const LARGEST: u32 = 200;
const STEPS: [u32; 9] = [25, 33, 50, 67, 80, 100, 125, 150, 200];

/// The next larger or smaller size, in percent.
pub fn zoomed(percent: u32, larger: bool) -> u32 {
    let next = if larger {
        STEPS.into_iter().find(|step| *step > percent)
    } else {
        STEPS.into_iter().rev().find(|step| *step < percent)
    };
    next.unwrap_or(if larger { LARGEST } else { SMALLEST })
}

/// The frame through which the canvas is seen, in pixels of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frame {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Frame {
    /// How large a drawing of this size has to be to be seen whole, in percent; never above its natural size.
    pub fn fit(self, width: i32, height: i32) -> u32 {
        let across = self.width / f64::from(width.max(1));
        let down = self.height / f64::from(height.max(1));
        let percent = (across.min(down) * 100.0).floor();
        (percent.max(f64::from(SMALLEST)) as u32).min(100)
    }

    /// The frame in pixels of the drawing.
    pub fn of_drawing(self, percent: u32) -> Self {
        let by = 100.0 / f64::from(percent.max(1));
        Self { left: self.left * by, top: self.top * by, width: self.width * by, height: self.height * by }
    }
}
