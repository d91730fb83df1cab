package application_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/overseaswarehouse/overseas/application"
	"github.com/overseaswarehouse/overseas/internal/problem"
)

const sum = "cc8321d6375c4a2b6a8e1f0000000000000000000000000000000000000000ff"

func TestFileNames(t *testing.T) {
	for name, want := range map[string]error{
		"photo.jpg": nil, "合同照片.png": nil, "my photo (2).jpeg": nil, "scan.tar.gz": nil, "noextension": nil, ".hidden": nil, "contract.PDF": nil, "com.jpg": nil,
		"../../etc/passwd": problem.FileNameUnsafe, "/etc/passwd": problem.FileNameUnsafe, `C:\x.jpg`: problem.FileNameUnsafe, `a\..\b.jpg`: problem.FileNameUnsafe,
		"a\x00.jpg": problem.FileNameUnsafe, "photo\u202egpj.exe": problem.BidiControl, "CON.jpg": problem.FileNameUnsafe, "lpt1": problem.FileNameUnsafe, "com9.txt": problem.FileNameUnsafe,
		".": problem.FileNameUnsafe, "..": problem.FileNameUnsafe, strings.Repeat("a", 256): problem.TextTooLong, "photo.jpg.exe": problem.FileType, "a.SVG": problem.FileType,
		"photo.jpg.": problem.FileNameUnsafe, "photo.jpg ": problem.FileNameUnsafe, "a\nb.jpg": problem.ControlCharacter, "http://x/y.jpg": problem.FileNameUnsafe,
		"": problem.TextBlank, "\u200b": problem.TextBlank, "a\xff.jpg": problem.Encoding,
	} {
		f, err := application.NewFile(name, sum)
		if !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", name, err, want)
		}
		if (err != nil) != f.IsZero() {
			t.Errorf("%q: %v with %+v", name, err, f)
		}
	}
}

func TestFileSums(t *testing.T) {
	for _, bad := range []string{"", "12", strings.Repeat("g", 64), strings.Repeat("0", 64), sum + "0"} {
		if _, err := application.NewFile("a.jpg", bad); !errors.Is(err, problem.Malformed) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	f, err := application.ReadFile("empty.txt", strings.NewReader(""))
	if err != nil || f.Sum() != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Error(f.Sum(), err)
	}
	if _, err := application.ReadFile("a.exe", strings.NewReader("")); !errors.Is(err, application.ErrFileType) {
		t.Error(err)
	}
}
