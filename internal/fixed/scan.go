package fixed

import (
	"strconv"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Parse reads plain decimal notation: an optional minus, digits, and optionally a point with digits on both sides. At
// most 18 digits and 12 decimals; no exponent, plus sign, space or leading zero; ASCII digits only. "-0" is 0.
//
// The error is a problem with one of the codes
//   - number_syntax: not a number in any notation ("", "1,50", "NaN", " 1", "0x10")
//   - number_format: a number in a notation that is not accepted ("+1", "01", ".5", "5.", "1e2")
//   - number_range: more than 18 digits
//   - number_precision: more than 12 decimals
//   - number_too_long: text of over 2048 bytes, which is not looked at
//
// The cost is bounded whatever the length of s.
func Parse(s string) (Decimal, error) {
	d, code := Scan(s)
	if code != "" {
		return Decimal{}, Refuse(code, s)
	}
	return d, nil
}

// Scan is [Parse] with the bare code of the problem, "" when there is none.
func Scan(s string) (Decimal, problem.Code) { return scan(s) }

// ScanBytes is [Scan] on bytes, which are not kept.
func ScanBytes(s []byte) (Decimal, problem.Code) { return scan(s) }

// Refuse is the problem with the given text and a code that [Scan] or [Decimal.Check] returned.
func Refuse(code problem.Code, text string) problem.Problem {
	p := problem.New(code, text)
	switch code {
	case problem.NumberRange:
		p.Want = []string{"±999999999999999999"}
	case problem.NumberPrecision:
		p.Want = []string{strconv.Itoa(MaxScale)}
	case problem.NumberTooLong:
		p.Want = []string{strconv.Itoa(readable)}
	case problem.NumberFormat:
		p.Want = []string{"12.50"}
	}
	return p
}

const (
	longest  = 1 + MaxDigits + 1 // the longest text that can be accepted: sign, digits, point
	readable = 2048              // the longest text that is read to say what is wrong with it
)

func scan[T string | []byte](s T) (Decimal, problem.Code) {
	n := len(s)
	if n > longest {
		return Decimal{}, diagnose(s)
	}
	i := 0
	neg := n > 0 && s[0] == '-'
	if neg {
		i = 1
	}
	var u uint64 // 19 digits fit; 20 are too many before the point, whatever u became
	first := i
	for i < n && s[i]-'0' <= 9 {
		u = u*10 + uint64(s[i]-'0')
		i++
	}
	whole := i - first
	if whole == 0 || whole > 1 && s[first] == '0' {
		return Decimal{}, diagnose(s)
	}
	scale := 0
	if i < n && s[i] == '.' {
		point := i
		for i++; i < n && s[i]-'0' <= 9; i++ {
			u = u*10 + uint64(s[i]-'0')
		}
		scale = i - point - 1
		if scale == 0 {
			return Decimal{}, diagnose(s)
		}
	}
	if i < n || scale > MaxScale || whole > MaxDigits || u > MaxCoef {
		return Decimal{}, diagnose(s)
	}
	c := int64(u)
	if neg {
		c = -c
	}
	return Decimal{c, uint8(scale)}, ""
}

// diagnose says why s is refused.
func diagnose[T string | []byte](s T) problem.Code {
	if len(s) > readable {
		return problem.NumberTooLong
	}
	i := 0
	format := false
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		format = s[i] == '+'
		i++
	}
	whole, i := digits(s, i)
	lead := 0
	for lead < whole && s[i-whole+lead] == '0' {
		lead++
	}
	if lead > 0 && whole > 1 {
		format = true
	}
	fraction := 0
	if i < len(s) && s[i] == '.' {
		fraction, i = digits(s, i+1)
		if whole == 0 || fraction == 0 {
			format = true
		}
	}
	if whole+fraction == 0 {
		return problem.NumberSyntax
	}
	exponent := 0
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		format = true
		if exponent, i = power(s, i+1); i < 0 {
			return problem.NumberSyntax
		}
	}
	switch {
	case i < len(s):
		return problem.NumberSyntax
	case whole-lead+exponent > MaxDigits:
		return problem.NumberRange
	case fraction-exponent > MaxScale:
		return problem.NumberPrecision
	case format:
		return problem.NumberFormat
	}
	return problem.NumberRange
}

// digits counts the digits from i on and returns where they end.
func digits[T string | []byte](s T, i int) (n, end int) {
	for end = i; end < len(s) && s[end]-'0' <= 9; end++ {
	}
	return end - i, end
}

// power reads the exponent that starts at i, cut at a million, and where it ends, which is negative when there is none.
func power[T string | []byte](s T, i int) (e, end int) {
	neg := false
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		neg = s[i] == '-'
		i++
	}
	n, end := digits(s, i)
	if n == 0 {
		return 0, -1
	}
	for ; i < end; i++ {
		e = min(e*10+int(s[i]-'0'), 1_000_000)
	}
	if neg {
		e = -e
	}
	return e, end
}
