package strict

import (
	"bytes"
	"io"
	"strings"

	"github.com/overseaswarehouse/overseas/internal/problem"
)

// Read reads a document to its end and parses it. At most one byte more than Limits.Bytes is read. An error of the reader
// is read_failed.
func Read(r io.Reader, lim Limits, into *problem.List) (Value, bool) {
	if into == nil {
		into = new(problem.List)
	}
	if r == nil {
		into.Add(problem.New(problem.ReadFailed, ""))
		return Value{}, false
	}
	lim = lim.withDefaults()
	data, err := readAll(r, lim.Bytes+1)
	switch {
	case err != nil:
		into.Add(problem.New(problem.ReadFailed, err.Error()))
		return Value{}, false
	case len(data) > lim.Bytes:
		into.Add(tooLarge(lim))
		return Value{}, false
	}
	return Parse(data, lim, into)
}

func tooLarge(lim Limits) problem.Problem {
	return problem.New(problem.TooLarge, "", itoa(lim.Bytes))
}

// readAll reads to the end of r or to most bytes, whichever comes first. Room is doubled, and measured beforehand where
// the reader knows how much it holds.
func readAll(r io.Reader, most int) ([]byte, error) {
	size := 512
	switch known := r.(type) {
	case *bytes.Reader:
		size = known.Len() + 1
	case *bytes.Buffer:
		size = known.Len() + 1
	case *strings.Reader:
		size = known.Len() + 1
	}
	data := make([]byte, 0, min(size, most))
	for idle := 0; len(data) < most; {
		if len(data) == cap(data) {
			grown := make([]byte, len(data), min(2*cap(data), most))
			copy(grown, data)
			data = grown
		}
		room := data[len(data):cap(data)]
		n, err := r.Read(room)
		if n < 0 || n > len(room) {
			return nil, errReader
		}
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
		if n > 0 {
			idle = 0
		} else if idle++; idle == 100 {
			return nil, io.ErrNoProgress
		}
	}
	return data, nil
}

const errReader = problem.ReadFailed
