// Package ratecards holds published price lists as rate cards: facts from the lists that each file names, with the date
// on which they were read. They are test data for examples and tests, not current prices.
package ratecards

import (
	"embed"

	"github.com/overseaswarehouse/overseas/fees"
)

// Files are the cards, one a file, NAME.json.
//
//go:embed *.json
var Files embed.FS

// Card reads the card in NAME.json.
func Card(name string) (*fees.Card, error) {
	f, err := Files.Open(name + ".json")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return fees.ParseCard(f)
}
