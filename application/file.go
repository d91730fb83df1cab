package application

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/overseaswarehouse/overseas/internal/problem"
	"github.com/overseaswarehouse/overseas/internal/strict"
)

// File is the identity of a file: its name and the SHA-256 of its bytes. The library never opens, fetches or stores
// files; two Files with the same sum are the same file whatever their names.
type File struct {
	Name   string
	SHA256 [sha256.Size]byte
}

// IsZero reports whether no file was given.
func (f File) IsZero() bool { return f == File{} }

// Sum is the SHA-256 in lower-case hexadecimal digits.
func (f File) Sum() string { return hex.EncodeToString(f.SHA256[:]) }

// NewFile names a file and takes its sum as 64 hexadecimal digits. It fails with ErrFileNameUnsafe, ErrFileType,
// ErrTextTooLong, ErrControlCharacter, ErrBidiControl or ErrTextBlank for the name and with ErrMalformed for the sum.
func NewFile(name, sum string) (File, error) {
	if p, bad := checkFileName(name); bad {
		return File{}, p.At("name")
	}
	b, ok := parseSum(sum)
	if !ok {
		return File{}, problem.New(problem.Malformed, sum, "64 hexadecimal digits").At("sha256")
	}
	return File{Name: name, SHA256: b}, nil
}

// ReadFile names a file and computes the sum of what r holds, to its end. It fails as NewFile does, or with r's error.
func ReadFile(name string, r io.Reader) (File, error) {
	if p, bad := checkFileName(name); bad {
		return File{}, p.At("name")
	}
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return File{}, err
	}
	return File{Name: name, SHA256: [sha256.Size]byte(h.Sum(nil))}, nil
}

func parseSum(s string) (sum [sha256.Size]byte, ok bool) {
	if len(s) != 2*sha256.Size {
		return sum, false
	}
	if _, err := hex.Decode(sum[:], []byte(s)); err != nil {
		return [sha256.Size]byte{}, false
	}
	return sum, sum != [sha256.Size]byte{}
}

// MaxFileName is the longest name a file may have, in bytes: what the file systems in use can store.
const MaxFileName = 255

// programs are the endings under which a system runs a file instead of showing it. Which pictures and documents a
// platform takes was never published, so nothing else is refused.
var programs = map[string]bool{
	"app": true, "apk": true, "bat": true, "chm": true, "cmd": true, "com": true, "cpl": true, "dll": true,
	"dmg": true, "exe": true, "hta": true, "htm": true, "html": true, "jar": true, "js": true, "jse": true,
	"lnk": true, "msi": true, "pif": true, "ps1": true, "reg": true, "scr": true, "sh": true, "svg": true,
	"url": true, "vbe": true, "vbs": true, "wsf": true, "xhtml": true,
}

// checkFileName refuses names that a host could not store, show or log safely.
func checkFileName(name string) (problem.Problem, bool) {
	bad := func(c problem.Code, want ...string) (problem.Problem, bool) {
		return problem.New(c, name, want...), true
	}
	switch {
	case len(name) > MaxFileName:
		return bad(problem.TextTooLong, "255")
	case !utf8.ValidString(name):
		return bad(problem.Encoding)
	case Blank(name):
		return bad(problem.TextBlank)
	}
	for _, r := range name {
		switch {
		case isBidi(r):
			return bad(problem.BidiControl)
		case r == 0:
			return bad(problem.FileNameUnsafe, "photo.jpg")
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
			return bad(problem.ControlCharacter)
		}
	}
	last := name[len(name)-1]
	if strings.ContainsAny(name, `/\:*?"<>|`) || last == '.' || last == ' ' || name[0] == ' ' || isDevice(name) {
		return bad(problem.FileNameUnsafe, "photo.jpg")
	}
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 && programs[lower(name[dot+1:])] {
		return bad(problem.FileType, "jpg", "png", "pdf")
	}
	return problem.Problem{}, false
}

// isDevice reports whether the name, up to its first dot, is one that Windows keeps for devices.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.TrimRight(lower(stem), " ")
	switch stem {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	if rest, ok := strings.CutPrefix(stem, "com"); ok || strings.HasPrefix(stem, "lpt") {
		if !ok {
			rest = stem[3:]
		}
		switch rest {
		case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³":
			return true
		}
	}
	return false
}

// lower folds ASCII letters only.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	}, s)
}

func isBidi(r rune) bool { return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' }

// Blank reports whether a text says nothing: it is empty, or all of it is white space or invisible characters.
func Blank(s string) bool { return strict.Blank(s) }
