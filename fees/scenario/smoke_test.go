package scenario

import (
	"fmt"
	"testing"

	"golang.org/x/text/language"
)

func TestSmoke(t *testing.T) {
	c := Compare(small(), direct(t), hamburg(t), own(t))
	fmt.Println(c.Text(language.English))
	fmt.Println(c.Text(language.Chinese))
	fmt.Println(c.Markdown(language.German))
	fmt.Println(c.CSV(language.English))
	b, err := c.MarshalJSON()
	fmt.Println(len(b), err)
	rec, err := c.Explain(language.English)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(rec.Verify(), len(rec.Lines))
}
