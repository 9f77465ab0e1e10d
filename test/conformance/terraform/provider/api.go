package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// api is the schema of an HTTP API: path, then method, then parameters.
type api map[string]map[string]struct {
	Parameters struct {
		Properties map[string]*parameter `json:"properties"`
	} `json:"parameters"`
}

func readAPI(path string) (api, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var result api
	if err := json.Unmarshal(text, &result); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return result, nil
}

// parameters of a call like "POST /nodes/{node}/qemu".
func (a api) parameters(call string) (map[string]*parameter, error) {
	method, path, _ := strings.Cut(call, " ")
	operation, ok := a[path][method]
	if !ok || len(operation.Parameters.Properties) == 0 {
		return nil, fmt.Errorf("the API has no %s", call)
	}
	return operation.Parameters.Properties, nil
}

// format is either the name of one, or the keys of a value like "virtio,bridge=vmbr0".
type format struct {
	name string
	keys map[string]*parameter
}

func (f *format) UnmarshalJSON(text []byte) error {
	if text[0] == '{' {
		return json.Unmarshal(text, &f.keys)
	}
	return json.Unmarshal(text, &f.name)
}

// number is a bound, which the API gives as a number or as a string.
type number float64

func (n *number) UnmarshalJSON(text []byte) error {
	value, err := strconv.ParseFloat(strings.Trim(string(text), `"`), 64)
	*n = number(value)
	return err
}

// flag is a truth, which the API gives as 0 or 1.
type flag bool

func (f *flag) UnmarshalJSON(text []byte) error {
	*f = strings.Trim(string(text), `"`) == "1"
	return nil
}
