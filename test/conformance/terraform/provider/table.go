package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

//go:embed pve-requests.json
var requests []byte

// table says, as data, which parameter of which API call each attribute becomes.
type table struct {
	// Formats are the keys of values that the API schema only names.
	Formats map[string]map[string]*parameter `json:"formats"`
	// Slots are how many of a numbered parameter there are.
	Slots     map[string]int            `json:"slots"`
	Resources map[string]*resourceTable `json:"resources"`
}

type resourceTable struct {
	ID source `json:"id"`
	// Replace is paths of what cannot change without making the resource anew, and the attribute that, when true, lets it change in place.
	Replace  map[string]string `json:"replace"`
	Requests []*request        `json:"requests"`
	// Own are attributes that the provider uses itself and that reach no checked parameter.
	Own     []string `json:"own"`
	covered map[string]bool
}

// request is a call per resource, or per repeated block.
type request struct {
	Each       string            `json:"each"`
	When       source            `json:"when"`
	Calls      []*call           `json:"calls"`
	Parameters map[string]source `json:"parameters"`
	Groups     []*group          `json:"groups"`
}

// call is one of several, of which the first that applies is made.
type call struct {
	When       source `json:"when"`
	Call       string `json:"call"`
	parameters map[string]*parameter
}

// group is a parameter whose value has keys of its own, one for each block.
type group struct {
	Parameter source            `json:"parameter"`
	Each      string            `json:"each"`
	Fields    map[string]source `json:"fields"`
}

// readTable refuses a table that names what the API or the provider does not have, or that leaves a required parameter out.
func readTable(from api, replay *replay) (*table, error) {
	decoder := json.NewDecoder(bytes.NewReader(requests))
	decoder.DisallowUnknownFields()
	result := &table{}
	if err := decoder.Decode(result); err != nil {
		return nil, fmt.Errorf("pve-requests.json: %w", err)
	}
	for name, keys := range result.Formats {
		for key, parameter := range keys {
			if err := parameter.prepare(nil); err != nil {
				return nil, fmt.Errorf("format %s, %s: %w", name, key, err)
			}
		}
	}
	for _, name := range sortedKeys(result.Resources) {
		schema, ok := replay.resources[name]
		if !ok {
			return nil, fmt.Errorf("pve-requests.json: %s has no resource %s", replay.source, name)
		}
		entry := result.Resources[name]
		entry.covered = map[string]bool{}
		for _, own := range entry.Own {
			entry.covered[own] = true
		}
		for _, request := range entry.Requests {
			if err := request.prepare(from, result.Formats, entry.covered); err != nil {
				return nil, fmt.Errorf("pve-requests.json: %s: %w", name, err)
			}
		}
		for _, path := range append(sortedKeys(entry.covered), sortedKeys(entry.Replace)...) {
			if !hasPath(schema.ValueType(), strings.Split(path, ".")) {
				return nil, fmt.Errorf("pve-requests.json: %s has no attribute %s", name, path)
			}
		}
	}
	return result, nil
}

func (r *request) prepare(from api, formats map[string]map[string]*parameter, covered map[string]bool) error {
	every := map[string]bool{}
	for _, call := range r.Calls {
		parameters, err := from.parameters(call.Call)
		if err != nil {
			return err
		}
		call.parameters = parameters
		grouped := map[string]bool{}
		for _, group := range r.Groups {
			grouped[string(group.Parameter[min(1, len(group.Parameter)):])] = true
		}
		for _, name := range sortedKeys(parameters) {
			every[name] = true
			_, mapped := r.Parameters[name]
			if !mapped && !bool(parameters[name].Optional) && !grouped[name] {
				return fmt.Errorf("%q of %s is required and comes from nowhere", name, call.Call)
			}
			if err := parameters[name].prepare(formats); err != nil && (mapped || grouped[name]) {
				return fmt.Errorf("%q of %s: %w", name, call.Call, err)
			}
		}
		r.cover(call.When, "", covered)
	}
	r.cover(r.When, "", covered)
	for name, from := range r.Parameters {
		if !every[name] {
			return fmt.Errorf("no call has the parameter %q", name)
		}
		r.cover(from, "", covered)
	}
	for _, group := range r.Groups {
		r.cover(group.Parameter, group.Each, covered)
		for key, from := range group.Fields {
			if !r.hasKey(group, key) {
				return fmt.Errorf("no parameter %s has the key %q", group.Parameter, key)
			}
			r.cover(from, group.Each, covered)
		}
	}
	return nil
}

func (r *request) cover(from source, each string, covered map[string]bool) {
	if from == "" {
		return
	}
	prefix := r.Each
	if each != "" {
		prefix = dotted(prefix, each)
	}
	for _, path := range from.paths(prefix) {
		covered[path] = true
	}
}

// hasKey holds when the parameter, or one that a block can name, has the key.
func (r *request) hasKey(g *group, key string) bool {
	for _, call := range r.Calls {
		if name, constant := strings.CutPrefix(string(g.Parameter), "="); constant {
			return call.parameters[name] != nil && call.parameters[name].Format.keys[key] != nil
		}
		for _, parameter := range call.parameters {
			if parameter.Format.keys[key] != nil {
				return true
			}
		}
	}
	return false
}

func (r *request) callFor(in scope) *call {
	index := slices.IndexFunc(r.Calls, func(c *call) bool { return c.When == "" || c.When.read(in).present() })
	if index < 0 {
		return nil
	}
	return r.Calls[index]
}

// covers holds for a path that the table reads, and for what lies below it.
func (r *resourceTable) covers(path string) bool {
	for path != "" {
		if r.covered[path] {
			return true
		}
		path = path[:max(0, strings.LastIndex(path, "."))]
	}
	return false
}

// hasPath walks a type as sources walk a value.
func hasPath(of tftypes.Type, names []string) bool {
	switch at := of.(type) {
	case tftypes.Object:
		if len(names) == 0 {
			return true
		}
		field, ok := at.AttributeTypes[names[0]]
		return ok && hasPath(field, names[1:])
	case tftypes.List:
		return hasPath(at.ElementType, names)
	case tftypes.Set:
		return hasPath(at.ElementType, names)
	}
	return len(names) == 0
}
