package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestShardsApart prices each file in a run of its own and merges the reports: that is the report of both.
func TestShardsApart(t *testing.T) {
	dir := t.TempDir()
	var reports, merged bytes.Buffer
	for _, name := range []string{"shards/1.csv", "shards/2.csv"} {
		if err := run(context.Background(), []string{"-dir", dir, name}, nil, &reports, io.Discard); err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join("golden", filepath.Base(name)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, filepath.Base(name)))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
	if err := run(context.Background(), []string{"-merge"}, &reports, &merged, io.Discard); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("golden/report.json")
	if err != nil || merged.String() != string(want) {
		t.Errorf("%v\n%s", err, merged.String())
	}
	names(t, dir, "1.bad.csv 1.csv 2.bad.csv 2.csv")
}

// TestBrokenOff holds that a run which does not end leaves no file under the name of a whole one.
func TestBrokenOff(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := run(ctx, []string{"-dir", dir, "shards/1.csv"}, nil, io.Discard, io.Discard); err == nil {
		t.Error("no error")
	}
	if err := run(context.Background(), []string{"-dir", dir, "plan.json"}, nil, io.Discard, io.Discard); err == nil {
		t.Error("a plan is priced as a shard")
	}
	names(t, dir, "")
}

func names(t *testing.T, dir, want string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != want {
		t.Errorf("%q, wanted %q", got, want)
	}
}
