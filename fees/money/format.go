package money

import (
	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/lang"
	"github.com/overseaswarehouse/overseas/internal/layout"
)

// Format is the amount as people write it in the language nearest to tag, of the eight that the library speaks: "€1,234.50"
// in English, "1.234,50 €" in German. All decimals of m are written and none is added or rounded. Separators, groups and
// the place of the currency are those of CLDR 48; spaces do not break. The euro, the dollar, the pound, the renminbi, the
// yen, the rouble and the rupiah have the sign by which the language knows them, where it has one; every other currency
// its code. The zero Money is "".
//
// A formatted amount is for reading: [Parse] reads what [Money.String] writes.
func (m Money) Format(tag language.Tag) string {
	if m.IsZero() {
		return ""
	}
	return layout.Money(lang.Of(tag), string(m.AppendAmount(nil)), m.cur.String())
}
