package fees

import (
	"io"

	"golang.org/x/text/language"

	"github.com/overseaswarehouse/overseas/internal/chart"
	"github.com/overseaswarehouse/overseas/internal/lang"
)

var chartHead = texts{"Costs by family", "费用构成", "Kosten nach Art", "Costes por categoría", "Frais par catégorie", "Costi per categoria", "Расходы по видам", "Biaya menurut jenis"}

// WriteSVG draws the total as a bar chart in the language nearest to tag: the five families of overseas stock, tax and
// other where a card has them, each with its amount or its state, then the sum with its status and the reasons of an
// estimate. Bars are proportional to the amounts, which stand beside them with all their digits. The drawing needs no
// font, script or style of its own, follows the reader's light or dark scheme, and is the same to the byte for the same
// total. The only errors are those of w.
func (t *Total) WriteSVG(w io.Writer, tag language.Tag) error {
	t = t.orEmpty()
	l := lang.Of(tag)
	b := &chart.Bars{
		Title: in(chartHead, l),
		Total: chart.Bar{Name: say(l, phTotal), Text: t.sum.Format(tag)},
		State: t.quote.Status().Text(tag),
	}
	for p := range t.Families() {
		if (p.Family == Tax || p.Family == Other) && (p.State == NotPriced || p.State == NotAsked) {
			continue
		}
		bar := chart.Bar{Name: FamilyName(p.Family, tag), Text: p.value(tag)}
		if p.State == Priced {
			bar.Value = ratOf(p.Amount)
		}
		b.Rows = append(b.Rows, bar)
	}
	for c := range t.quote.Caveats() {
		b.Notes = append(b.Notes, c.Text(tag))
	}
	return b.WriteSVG(w)
}
