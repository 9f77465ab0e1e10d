package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parameter is what the API says of one value, or of one key of a value that holds several.
type parameter struct {
	Type          string     `json:"type"`
	Enum          []any      `json:"enum"`
	Format        format     `json:"format"`
	Pattern       string     `json:"pattern"`
	Minimum       *number    `json:"minimum"`
	Maximum       *number    `json:"maximum"`
	MinLength     *number    `json:"minLength"`
	MaxLength     *number    `json:"maxLength"`
	Optional      flag       `json:"optional"`
	DefaultKey    flag       `json:"default_key"`
	Alias         string     `json:"alias"`
	Requires      string     `json:"requires"`
	Items         *parameter `json:"items"`
	InstanceTypes []string   `json:"instance-types"`
	TypeProperty  string     `json:"type-property"`
	compiled      *regexp.Regexp
}

// refuses says why the API would refuse a value, or nothing.
func (p *parameter) refuses(text string) string {
	if key := p.defaultKey(); key != nil {
		return key.refuses(text)
	}
	if p.Type == "array" && p.Items != nil {
		return p.Items.refuses(text)
	}
	if why := p.refusesType(text); why != "" {
		return why
	}
	if length := utf8.RuneCountInString(text); p.MaxLength != nil && float64(length) > float64(*p.MaxLength) {
		return fmt.Sprintf("must have at most %v characters, got %d", *p.MaxLength, length)
	} else if p.MinLength != nil && float64(length) < float64(*p.MinLength) {
		return fmt.Sprintf("must have at least %v characters, got %d", *p.MinLength, length)
	}
	if len(p.Enum) > 0 {
		var allowed []string
		for _, value := range p.Enum {
			allowed = append(allowed, fmt.Sprint(value))
		}
		if !slices.Contains(allowed, text) {
			return "must be one of " + strings.Join(allowed, ", ")
		}
	}
	if p.compiled != nil && !p.compiled.MatchString(text) {
		return "must match " + p.Pattern
	}
	if p.Format.name != "" {
		return refusesFormat(p.Format.name, text)
	}
	return ""
}

func (p *parameter) refusesType(text string) string {
	switch p.Type {
	case "boolean":
		if text != "0" && text != "1" {
			return "must be a boolean"
		}
	case "integer", "number":
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return "must be a number"
		}
		if p.Type == "integer" && value != float64(int64(value)) {
			return "must be an integer"
		}
		if p.Minimum != nil && value < float64(*p.Minimum) {
			return fmt.Sprintf("must be at least %v", *p.Minimum)
		}
		if p.Maximum != nil && value > float64(*p.Maximum) {
			return fmt.Sprintf("must be at most %.0f", *p.Maximum)
		}
	}
	return ""
}

// element is what the API says of one element of a list that it takes as a text.
func (p *parameter) element() *parameter {
	single := *p
	single.Format.name = strings.TrimSuffix(p.Format.name, "-list")
	return &single
}

// defaultKey is the key that a value without any key means.
func (p *parameter) defaultKey() *parameter {
	for _, key := range p.Format.keys {
		if key.DefaultKey {
			return key
		}
	}
	return nil
}

// prepare compiles the pattern and refuses a format that nothing here knows: a check that is skipped would look like one that passed.
func (p *parameter) prepare(named map[string]map[string]*parameter) error {
	if keys, ok := named[p.Format.name]; ok {
		p.Format.keys = keys
	}
	for name, key := range p.Format.keys {
		if err := key.prepare(named); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if p.Items != nil {
		if err := p.Items.prepare(named); err != nil {
			return err
		}
		p.Format.keys = p.Items.Format.keys
	}
	if name := p.Format.name; name != "" && p.Format.keys == nil && formats[strings.TrimSuffix(name, "-list")] == nil {
		return fmt.Errorf("format %s is not in formats.go", name)
	}
	if p.Pattern == "" || p.compiled != nil {
		return nil
	}
	// The patterns are Perl's, which prints a compiled one as (?^:…), or (?^i:…).
	expression, err := regexp.Compile("^(?:" + perlFlags.ReplaceAllString(p.Pattern, "(?$1:") + ")$")
	p.compiled = expression
	return err
}

var perlFlags = regexp.MustCompile(`\(\?\^([a-z]*):`)
