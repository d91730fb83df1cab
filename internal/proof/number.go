package proof

import (
	"math/big"
	"strings"
)

// longest bounds the digits of a number in a record.
const longest = 2000

// numberText writes a fraction exactly: in decimals where they end, as a/b otherwise.
func numberText(r *big.Rat) string {
	if r == nil {
		return ""
	}
	if n, ok := decimals(r); ok {
		return r.FloatString(n)
	}
	return r.RatString()
}

// decimals is how many decimals a fraction needs; ok is false where they do not end.
func decimals(r *big.Rat) (n int, ok bool) {
	den := new(big.Int).Set(r.Denom())
	twos := int(den.TrailingZeroBits())
	den.Rsh(den, uint(twos))
	fives := 0
	five, rest := big.NewInt(5), new(big.Int)
	for den.BitLen() > 1 {
		q, m := new(big.Int).QuoRem(den, five, rest)
		if m.Sign() != 0 {
			return 0, false
		}
		den = q
		fives++
	}
	return max(twos, fives), true
}

// amountText is a value with its unit.
func amountText(r *big.Rat, unit string) string {
	return strings.TrimSpace(numberText(r) + " " + unit)
}

// parseNumber reads what numberText writes, in no other spelling.
func parseNumber(s string) (*big.Rat, bool) {
	if len(s) == 0 || len(s) > longest || strings.Trim(s, "-/.0123456789") != "" {
		return nil, false
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok || numberText(r) != s {
		return nil, false
	}
	return r, true
}
