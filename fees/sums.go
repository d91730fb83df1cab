package fees

import (
	"iter"
	"maps"
	"math/big"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/internal/fixed"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

// MaxGroups is how many groups the sums of a shard hold at most. What is over it is refused with too_many.
const MaxGroups = 100_000

// Sums is what the rows of one or several shards came to, exactly: nothing is rounded in adding up, and merging gives the
// same whatever its order. The zero Sums is of no rows. It travels as JSON, text or bytes, all of one form.
type Sums struct {
	fingerprint string
	currency    country.Currency
	good, bad   int64
	estimated   int64
	reasons     map[Code]int64
	groups      map[string]*group
}

// group is the sums of the good rows that share a key.
type group struct {
	key    []string
	rows   int64
	total  exact
	family [Other + 1]exact
	native []native
}

// native is what the lines in one currency come to.
type native struct {
	currency country.Currency
	sum      exact
}

// Fingerprint says what the amounts rest on: it is the same for sums by the same cards, rates and currency.
func (s *Sums) Fingerprint() string { return s.orEmpty().fingerprint }

// Currency is that of the converted amounts.
func (s *Sums) Currency() country.Currency { return s.orEmpty().currency }

// Good is how many rows were priced.
func (s *Sums) Good() int64 { return s.orEmpty().good }

// Bad is how many rows were not.
func (s *Sums) Bad() int64 { return s.orEmpty().bad }

// Estimated is how many of the good rows have a quote that is estimated.
func (s *Sums) Estimated() int64 { return s.orEmpty().estimated }

func (s *Sums) orEmpty() *Sums {
	if s == nil {
		return &Sums{}
	}
	return s
}

// Reasons are the codes for which rows are bad, in their order; a row counts once, for the first of its problems.
func (s *Sums) Reasons() iter.Seq2[Code, int64] {
	return func(yield func(Code, int64) bool) {
		s := s.orEmpty()
		for _, code := range slices.Sorted(maps.Keys(s.reasons)) {
			if !yield(code, s.reasons[code]) {
				return
			}
		}
	}
}

// GroupSum is the sums of the good rows that share the texts of the columns they are grouped by. Amounts are exact and
// written in full, for they may be greater than [money.Money] holds.
type GroupSum struct {
	Key      []string          // the texts of the columns, none where there are none to group by
	Rows     int64             // good rows
	Total    string            // in the currency of the sums
	Families map[string]string // the same by family, those that had a line
	Native   map[string]string // the lines before they were converted, by currency
}

// Groups are the groups in the order of their keys.
func (s *Sums) Groups() iter.Seq[GroupSum] {
	return func(yield func(GroupSum) bool) {
		s := s.orEmpty()
		digits := s.currency.Digits()
		for _, key := range slices.Sorted(maps.Keys(s.groups)) {
			g := s.groups[key]
			out := GroupSum{Key: slices.Clone(g.key), Rows: g.rows, Total: g.total.text(digits), Families: map[string]string{}, Native: map[string]string{}}
			for f := FirstLeg; f <= Other; f++ {
				if e := g.family[f]; e.set {
					out.Families[f.String()] = e.text(digits)
				}
			}
			for _, n := range g.native {
				out.Native[n.currency.String()] = n.sum.text(n.currency.Digits())
			}
			if !yield(out) {
				return
			}
		}
	}
}

// Total is the sum over all groups, exact and in full; it fails with ErrOverflow beyond 26 digits before the point.
func (s *Sums) Total() (string, error) {
	s = s.orEmpty()
	var sum exact
	for _, g := range s.groups {
		if !sum.join(g.total) {
			return "", Problems{problem.New(problem.Overflow, s.currency.String())}
		}
	}
	return sum.text(s.currency.Digits()), nil
}

// String is the rows and the total in short, for a log: "298 good, 2 bad, 1234.50 EUR".
func (s *Sums) String() string {
	s = s.orEmpty()
	text := strconv.FormatInt(s.good, 10) + " good, " + strconv.FormatInt(s.bad, 10) + " bad"
	if total, err := s.Total(); err == nil && s.currency != (country.Currency{}) {
		text += ", " + total + " " + s.currency.String()
	}
	return text
}

// Merge adds the sums of further rows. It fails with ErrMixed where they rest on other cards, rates or another currency,
// with ErrOverflow beyond 26 digits before the point, and with too_many beyond MaxGroups; s is as it was then.
func (s *Sums) Merge(more *Sums) error {
	more = more.orEmpty()
	if s == nil {
		return Problems{problem.New(problem.InputMissing, "sums")}
	}
	switch {
	case more.empty():
		return nil
	case s.empty():
		s.fingerprint, s.currency = more.fingerprint, more.currency
	case s.fingerprint != more.fingerprint || s.currency != more.currency:
		return Problems{problem.New(problem.Mixed, more.fingerprint+" "+more.currency.String(), s.fingerprint+" "+s.currency.String())}
	}
	joined := make(map[string]*group, max(len(s.groups), len(more.groups)))
	maps.Copy(joined, s.groups)
	for key, g := range more.groups {
		sum := &group{key: g.key}
		if own := s.groups[key]; own != nil {
			sum = own.clone()
		}
		if !sum.join(g) {
			return Problems{problem.New(problem.Overflow, strings.Join(g.key, " "))}
		}
		joined[key] = sum
	}
	if len(joined) > MaxGroups {
		return Problems{tooMany(len(joined), MaxGroups, "groups")}
	}
	s.groups = joined
	s.good, s.bad, s.estimated = s.good+more.good, s.bad+more.bad, s.estimated+more.estimated
	reasons := maps.Clone(s.reasons)
	for code, n := range more.reasons {
		if reasons == nil {
			reasons = map[Code]int64{}
		}
		reasons[code] += n
	}
	s.reasons = reasons
	return nil
}

func (s *Sums) empty() bool { return s.fingerprint == "" && s.good == 0 && s.bad == 0 }

func (g *group) clone() *group {
	out := *g
	out.native = slices.Clone(g.native)
	return &out
}

// join adds another group; false where a sum is too great.
func (g *group) join(more *group) bool {
	ok := g.total.join(more.total)
	for f := range g.family {
		ok = g.family[f].join(more.family[f]) && ok
	}
	for _, n := range more.native {
		ok = g.in(n.currency).join(n.sum) && ok
	}
	g.rows += more.rows
	return ok
}

// in is the sum of the group's lines in a currency.
func (g *group) in(c country.Currency) *exact {
	for i := range g.native {
		if g.native[i].currency == c {
			return &g.native[i].sum
		}
	}
	i, _ := slices.BinarySearchFunc(g.native, c, func(n native, c country.Currency) int { return slices.Compare(n.currency[:], c[:]) })
	g.native = slices.Insert(g.native, i, native{currency: c})
	return &g.native[i].sum
}

// exact is a sum in units of 10^-12, of 127 bits and a sign.
type exact struct {
	hi  int64
	lo  uint64
	set bool // something was added
}

// add adds a number; false where the sum is too great.
func (e *exact) add(d fixed.Decimal) bool {
	hi, lo := bits.Mul64(fixed.Abs(d.Coef), fixed.Pow10(fixed.MaxScale-int(min(d.Scale, fixed.MaxScale))))
	x := exact{int64(hi), lo, true}
	if d.Coef < 0 {
		x = x.neg()
	}
	return e.join(x)
}

func (e exact) neg() exact {
	lo, borrow := bits.Sub64(0, e.lo, 0)
	hi, _ := bits.Sub64(0, uint64(e.hi), borrow)
	return exact{int64(hi), lo, e.set}
}

// join adds another sum; false where the result is too great, and then e is as it was.
func (e *exact) join(x exact) bool {
	lo, carry := bits.Add64(e.lo, x.lo, 0)
	h, _ := bits.Add64(uint64(e.hi), uint64(x.hi), carry)
	hi := int64(h)
	if (e.hi^hi)&(x.hi^hi) < 0 {
		return false
	}
	e.hi, e.lo, e.set = hi, lo, e.set || x.set
	return true
}

// text is the sum in full with at least so many decimals.
func (e exact) text(digits int) string {
	neg := e.hi < 0
	if neg {
		e = e.neg()
	}
	n := new(big.Int).SetUint64(uint64(e.hi))
	n.Lsh(n, 64).Add(n, new(big.Int).SetUint64(e.lo))
	s := n.String()
	if pad := fixed.MaxScale + 1 - len(s); pad > 0 {
		s = strings.Repeat("0", pad) + s
	}
	point := len(s) - fixed.MaxScale
	whole, rest := s[:point], s[point:]
	keep := max(len(strings.TrimRight(rest, "0")), min(digits, fixed.MaxScale))
	if neg {
		whole = "-" + whole
	}
	if keep == 0 {
		return whole
	}
	return whole + "." + rest[:keep]
}

// exactOf reads what text writes.
func exactOf(s string) (exact, bool) {
	digits, neg := strings.CutPrefix(s, "-")
	whole, rest, point := strings.Cut(digits, ".")
	plain := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	if whole == "" || len(whole) > 27 || len(rest) > fixed.MaxScale || point && rest == "" || !plain(whole) || !plain(rest) {
		return exact{}, false
	}
	n, _ := new(big.Int).SetString(whole+rest+strings.Repeat("0", fixed.MaxScale-len(rest)), 10)
	if n == nil || n.BitLen() > 127 {
		return exact{}, false
	}
	e := exact{hi: int64(new(big.Int).Rsh(n, 64).Uint64()), set: true}
	e.lo = new(big.Int).And(n, new(big.Int).SetUint64(^uint64(0))).Uint64()
	if neg {
		e = e.neg()
	}
	return e, true
}

func tooMany(n, most int, what string) problem.Problem {
	return problem.New(problem.TooMany, big.NewInt(int64(n)).String(), big.NewInt(int64(most)).String()).With("what", what)
}
