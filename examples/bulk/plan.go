package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/overseaswarehouse/overseas/country"
	"github.com/overseaswarehouse/overseas/fees"
	"github.com/overseaswarehouse/overseas/fees/money"
)

// planDocument is a plan as a file. Paths of cards are relative to it.
type planDocument struct {
	Cards        []string          `json:"cards"`
	Currency     country.Currency  `json:"currency"`
	Rates        []string          `json:"rates"`
	Events       []json.RawMessage `json:"events"`
	Columns      []columnDocument  `json:"columns"`
	IgnoreOthers bool              `json:"ignore_others"`
	Echo         []string          `json:"echo"`
	GroupBy      []string          `json:"group_by"`
	Lines        bool              `json:"lines"`
	States       bool              `json:"states"`
	Input        textDocument      `json:"input"`
	Output       textDocument      `json:"output"`
}

type columnDocument struct {
	Field    string `json:"field"`
	Column   string `json:"column"`
	Unit     string `json:"unit"`
	Optional bool   `json:"optional"`
}

type textDocument struct {
	Delimiter string `json:"delimiter"`
	Encoding  string `json:"encoding"`
	CRLF      bool   `json:"crlf"`
}

var encodings = map[string]fees.ShardEncoding{"": fees.UTF8, "utf-8": fees.UTF8, "utf-8-bom": fees.UTF8Mark, "gb18030": fees.GB18030}

func (t textDocument) text() (out fees.ShardText, err error) {
	enc, ok := encodings[t.Encoding]
	if !ok || len(t.Delimiter) > 1 {
		return out, fmt.Errorf("no such form of text: %q %q", t.Encoding, t.Delimiter)
	}
	out = fees.ShardText{Encoding: enc, CRLF: t.CRLF}
	if t.Delimiter != "" {
		out.Delimiter = t.Delimiter[0]
	}
	return out, nil
}

// readPlan reads a plan and compiles its cards.
func readPlan(name string) (*fees.Calculator, fees.ShardPlan, error) {
	var doc planDocument
	plan := fees.ShardPlan{}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, plan, err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&doc); err != nil {
		return nil, plan, fmt.Errorf("%s: %w", name, err)
	}
	plan = fees.ShardPlan{Currency: doc.Currency, Echo: doc.Echo, GroupBy: doc.GroupBy, Lines: doc.Lines, States: doc.States}
	plan.Layout.IgnoreOthers = doc.IgnoreOthers
	for _, c := range doc.Columns {
		plan.Layout.Columns = append(plan.Layout.Columns, fees.ShardColumn(c))
	}
	for _, e := range doc.Events {
		event, err := fees.ParseEvent(bytes.NewReader(e))
		if err != nil {
			return nil, plan, fmt.Errorf("%s: events: %w", name, err)
		}
		plan.Layout.Events = append(plan.Layout.Events, event)
	}
	if plan.Input, err = doc.Input.text(); err != nil {
		return nil, plan, err
	}
	if plan.Output, err = doc.Output.text(); err != nil {
		return nil, plan, err
	}
	var rates []money.Rate
	for _, text := range doc.Rates {
		r, err := money.ParseRate(text)
		if err != nil {
			return nil, plan, err
		}
		rates = append(rates, r)
	}
	if plan.Rates, err = money.NewRates(rates...); err != nil {
		return nil, plan, err
	}
	calc, err := compile(filepath.Dir(name), doc.Cards)
	return calc, plan, err
}

func compile(dir string, names []string) (*fees.Calculator, error) {
	var cards []*fees.Card
	for _, name := range names {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		card, err := fees.ParseCard(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		cards = append(cards, card)
	}
	return fees.Compile(cards...)
}
