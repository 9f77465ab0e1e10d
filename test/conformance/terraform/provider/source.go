package main

import (
	"math/big"
	"sort"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// source says where in a resource the value of a parameter comes from: alternatives separated by |, each a path like cpu.cores, a path from
// the resource and not from the repeated block (^node_name), a constant (=dir), or, as a whole, a text with sources in braces
// ({datastore_id|=local}:{size|=8}).
type source string

// scope is what paths start from: a resource, and perhaps one of its repeated blocks.
type scope struct {
	resource, block tftypes.Value
	path            *tftypes.AttributePath
}

func whole(resource tftypes.Value) scope {
	return scope{resource, resource, tftypes.NewAttributePath()}
}

// each is the scope of every block at a path.
func (s scope) each(path string) []scope {
	if path == "" {
		return []scope{s}
	}
	found := []element{{s.block, s.path}}
	for _, name := range strings.Split(path, ".") {
		var next []element
		for _, at := range found {
			fields := map[string]tftypes.Value{}
			if at.value.IsNull() || !at.value.IsKnown() || at.value.As(&fields) != nil {
				continue
			}
			inner, innerPath := fields[name], at.path.WithAttributeName(name)
			if inner.Type().Is(tftypes.Object{}) {
				next = append(next, element{inner, innerPath})
			} else {
				next = append(next, elementsOf(inner, innerPath)...)
			}
		}
		found = next
	}
	var result []scope
	for _, at := range found {
		if !at.value.IsNull() && at.value.IsKnown() {
			result = append(result, scope{s.resource, at.value, at.path})
		}
	}
	return result
}

// at is every value at a path that is set, whole.
func (s scope) at(path string) []tftypes.Value {
	dot := strings.LastIndex(path, ".")
	var result []tftypes.Value
	for _, in := range s.each(path[:max(0, dot)]) {
		fields := map[string]tftypes.Value{}
		if in.block.As(&fields) == nil && !fields[path[dot+1:]].IsNull() {
			result = append(result, fields[path[dot+1:]])
		}
	}
	return result
}

// reading is what was found: nothing, a value that is known at apply only, or values.
type reading struct {
	unknown bool
	values  []given
}

// given is a value; one of a list of Terraform is one element of a list of the API.
type given struct {
	path   *tftypes.AttributePath
	key    string
	text   string
	listed bool
}

func (r reading) present() bool { return r.unknown || len(r.values) > 0 }

func (s source) read(in scope) reading {
	if strings.Contains(string(s), "{") {
		return s.readTemplate(in)
	}
	for _, alternative := range strings.Split(string(s), "|") {
		if constant, ok := strings.CutPrefix(alternative, "="); ok {
			return reading{values: []given{{path: in.path, text: constant}}}
		}
		found := reading{}
		if root, ok := strings.CutPrefix(alternative, "^"); ok {
			found.collect(in.resource, tftypes.NewAttributePath(), strings.Split(root, "."))
		} else {
			found.collect(in.block, in.path, strings.Split(alternative, "."))
		}
		if found.present() {
			return found
		}
	}
	return reading{}
}

// readTemplate fills every brace, or finds nothing when one of them has no value.
func (s source) readTemplate(in scope) reading {
	result := given{path: in.path}
	rest := string(s)
	for {
		before, after, more := strings.Cut(rest, "{")
		result.text += before
		if !more {
			return reading{values: []given{result}}
		}
		inner, remainder, _ := strings.Cut(after, "}")
		part := source(inner).read(in)
		if !part.present() || part.unknown {
			return part
		}
		result.path = part.values[0].path
		result.text += part.joined()
		rest = remainder
	}
}

func (r reading) joined() string {
	var texts []string
	for _, value := range r.values {
		texts = append(texts, value.text)
	}
	return strings.Join(texts, ";")
}

// collect walks down the names of a path, through every element of what repeats.
func (r *reading) collect(value tftypes.Value, path *tftypes.AttributePath, names []string) {
	switch {
	case !value.IsKnown():
		r.unknown = true
	case value.IsNull():
	case value.Type().Is(tftypes.Object{}):
		fields := map[string]tftypes.Value{}
		if len(names) > 0 && value.As(&fields) == nil {
			r.collect(fields[names[0]], path.WithAttributeName(names[0]), names[1:])
		}
	case value.Type().Is(tftypes.Map{}):
		elements := map[string]tftypes.Value{}
		_ = value.As(&elements)
		for _, key := range sortedKeys(elements) {
			element := reading{}
			element.collect(elements[key], path.WithElementKeyString(key), names)
			r.unknown = r.unknown || element.unknown
			for _, at := range element.values {
				r.values = append(r.values, given{path: at.path, key: key, text: at.text})
			}
		}
	case value.Type().Is(tftypes.List{}), value.Type().Is(tftypes.Set{}):
		for _, at := range elementsOf(value, path) {
			before := len(r.values)
			r.collect(at.value, at.path, names)
			for index := before; index < len(r.values) && len(names) == 0; index++ {
				r.values[index].listed = true
			}
		}
	default:
		r.values = append(r.values, given{path: path, text: scalar(value)})
	}
}

type element struct {
	value tftypes.Value
	path  *tftypes.AttributePath
}

func elementsOf(value tftypes.Value, path *tftypes.AttributePath) []element {
	var values []tftypes.Value
	if !value.IsKnown() || value.IsNull() || value.As(&values) != nil {
		return nil
	}
	var result []element
	for index, at := range values {
		step := path.WithElementKeyInt(index)
		if value.Type().Is(tftypes.Set{}) {
			step = path.WithElementKeyValue(at)
		}
		result = append(result, element{at, step})
	}
	return result
}

func scalar(value tftypes.Value) string {
	var text string
	var truth bool
	var quantity big.Float
	switch {
	case value.As(&text) == nil:
		return text
	case value.As(&truth) == nil:
		if truth {
			return "1"
		}
		return "0"
	case value.As(&quantity) == nil:
		return quantity.Text('f', -1)
	}
	return value.String()
}

// paths are those that a source reads, from the resource.
func (s source) paths(prefix string) []string {
	var alternatives []string
	if rest := string(s); strings.Contains(rest, "{") {
		for {
			_, after, more := strings.Cut(rest, "{")
			if !more {
				break
			}
			inner, remainder, _ := strings.Cut(after, "}")
			alternatives = append(alternatives, strings.Split(inner, "|")...)
			rest = remainder
		}
	} else {
		alternatives = strings.Split(rest, "|")
	}
	var result []string
	for _, alternative := range alternatives {
		if root, ok := strings.CutPrefix(alternative, "^"); ok {
			result = append(result, root)
		} else if !strings.HasPrefix(alternative, "=") {
			result = append(result, dotted(prefix, alternative))
		}
	}
	sort.Strings(result)
	return result
}

func dotted(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}
