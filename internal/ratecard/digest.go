package ratecard

import "crypto/sha256"

// Digest is the SHA-256 of the text from which a card was made.
func Digest(text string) [32]byte { return sha256.Sum256([]byte(text)) }
