// Package fivepart holds the cards of a quote in five parts, for tests and benchmarks.
package fivepart

import "embed"

// Files are the cards: firstleg.json, storage.json, handling.json, delivery.json and tariff.json.
//
//go:embed *.json
var Files embed.FS
