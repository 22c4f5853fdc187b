//! Counts, numbers and days written without a call to the formatting machinery.

use std::io::Write;

use jiff::civil::Date;

pub(super) fn count(count: u64, to: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut left = count;
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    to.extend_from_slice(&digits[at..]);
}

/// A number as every reader takes it, as [`super::column::number`] has it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number between 100 and 1e14"
)]
pub(super) fn number(value: f64, to: &mut Vec<u8>) {
    // Whole numbers and those with few decimals, which most are, have the same shortest form.
    let whole = (value * 1e6).round();
    if (100.0..1e14).contains(&whole) && (whole / 1e6).to_bits() == value.to_bits() {
        let parts = whole as u64;
        count(parts / 1_000_000, to);
        decimals(parts % 1_000_000, to);
    } else {
        // Writing to a vector cannot fail.
        let _ = write!(to, "{value:?}");
    }
}

/// Millionths, at least one digit and no zeros at the end.
fn decimals(millionths: u64, to: &mut Vec<u8>) {
    let mut digits = *b".000000";
    let mut left = millionths;
    for digit in digits.iter_mut().skip(1).rev() {
        *digit = b'0' + (left % 10) as u8;
        left /= 10;
    }
    let zeros = digits
        .iter()
        .rev()
        .take_while(|digit| **digit == b'0')
        .count();
    let end = (digits.len() - zeros).max(2);
    to.extend_from_slice(&digits[..end]);
}

pub(super) fn date(date: Date, to: &mut Vec<u8>) {
    let (Ok(year), month, day) = (u16::try_from(date.year()), date.month(), date.day()) else {
        let _ = write!(to, "{date}");
        return;
    };
    let digit = |number: u16| b'0' + (number % 10) as u8;
    let two = |number: i8| {
        let number = number.unsigned_abs().into();
        [digit(number / 10), digit(number)]
    };
    let year = [year / 1000, year / 100, year / 10, year].map(digit);
    to.extend_from_slice(&year);
    for part in [month, day] {
        to.push(b'-');
        to.extend_from_slice(&two(part));
    }
}
