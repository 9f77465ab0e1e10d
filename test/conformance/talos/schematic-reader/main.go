// Names schematics as the image factory does. One JSON list of texts on standard input, one list of names, or of errors, on standard output.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/siderolabs/image-factory/pkg/schematic"
)

type answer struct {
	ID    string `json:"id,omitempty"`
	Error string `json:"error,omitempty"`
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	answers := []answer{}
	for _, text := range texts {
		id, err := nameOf(text)
		if err != nil {
			answers = append(answers, answer{Error: err.Error()})
			continue
		}
		answers = append(answers, answer{ID: id})
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func nameOf(text string) (string, error) {
	read, err := schematic.Unmarshal([]byte(text))
	if err != nil {
		return "", err
	}
	return read.ID()
}
