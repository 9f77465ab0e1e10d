package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// findings are what one resource is refused for.
type findings struct {
	slots       map[string]int
	diagnostics []*tfprotov6.Diagnostic
}

func (f *findings) add(path *tftypes.AttributePath, format string, values ...any) {
	f.diagnostics = append(f.diagnostics, refusal(path, fmt.Sprintf(format, values...)))
}

func refusal(path *tftypes.AttributePath, detail string) *tfprotov6.Diagnostic {
	return &tfprotov6.Diagnostic{
		Severity: tfprotov6.DiagnosticSeverityError, Summary: "Proxmox VE refuses this", Detail: detail, Attribute: path,
	}
}

func (f *findings) request(r *request, in scope) {
	call := r.callFor(in)
	if call == nil {
		return
	}
	readings := map[string]reading{}
	for name, from := range r.Parameters {
		if _, ok := call.parameters[name]; ok {
			readings[name] = from.read(in)
		}
	}
	f.values(call.Call, call.parameters, readings, r.Parameters, in)
	for _, group := range r.Groups {
		f.group(call, group, in)
	}
}

// values checks parameters of a call, or keys of one parameter: what is given, what is required, what needs another or a certain type.
func (f *findings) values(what string, parameters map[string]*parameter, readings map[string]reading, from map[string]source, in scope) {
	for _, name := range sortedKeys(parameters) {
		allowed, found := parameters[name], readings[name]
		if !found.present() {
			if asked, ok := from[name]; ok && !bool(allowed.Optional) && allowed.Alias == "" {
				paths := asked.paths("")
				first, _, _ := strings.Cut(paths[0], ".")
				f.add(in.path.WithAttributeName(first), "%s is not set: %q of %s is required", strings.Join(paths, " or "), name, what)
			}
			continue
		}
		for _, value := range found.values {
			f.value(name, what, allowed, value)
		}
		if len(found.values) == 0 {
			continue
		}
		at := found.values[0].path
		if allowed.Requires != "" && !readings[allowed.Requires].present() {
			f.add(at, "%s: %q of %s requires %q", pathText(at), name, what, allowed.Requires)
		}
		kind := readings[allowed.TypeProperty]
		if len(allowed.InstanceTypes) > 0 && !kind.unknown && !slices.Contains(allowed.InstanceTypes, kind.joined()) {
			types := strings.Join(allowed.InstanceTypes, ", ")
			f.add(at, "%s: %q of %s is for %s, not for %s", pathText(at), name, what, types, kind.joined())
		}
	}
}

// value checks one value; one with a key is an element of a map, and the API wants either a key of its own or key:value.
func (f *findings) value(name, what string, allowed *parameter, value given) {
	switch {
	case value.key != "" && allowed.Format.keys != nil:
		if allowed = allowed.Format.keys[value.key]; allowed == nil {
			f.add(value.path, "%s: %q of %s has no key %q", pathText(value.path), name, what, value.key)
			return
		}
	case value.key != "":
		value.text = value.key + ":" + value.text
	}
	if value.listed {
		allowed = allowed.element()
	}
	if why := allowed.refuses(value.text); why != "" {
		f.add(value.path, "%s = %q: %q of %s %s", pathText(value.path), value.text, name, what, why)
	}
}

var numbered = regexp.MustCompile(`^([a-z]+)(\d+)$`)

// group checks blocks that become one value each, like net0: virtio,bridge=vmbr0.
func (f *findings) group(c *call, g *group, in scope) {
	for index, block := range in.each(g.Each) {
		name := g.Parameter.read(block).joined()
		if name == "" {
			continue
		}
		family, slot := strings.TrimSuffix(name, "[n]"), index
		if parts := numbered.FindStringSubmatch(name); parts != nil && c.parameters[name] == nil {
			family = parts[1]
			slot, _ = strconv.Atoi(parts[2])
			name = family + "[n]"
		}
		allowed := c.parameters[name]
		if allowed == nil {
			f.add(block.path, "%s: %s has no parameter %q", pathText(block.path), c.Call, name)
			continue
		}
		if limit, ok := f.slots[family]; ok && strings.HasSuffix(name, "[n]") && slot >= limit {
			f.add(block.path, "%s: %s ends at %s%d, got %s%d", pathText(block.path), c.Call, family, limit-1, family, slot)
		}
		readings := map[string]reading{}
		for _, key := range sortedKeys(g.Fields) {
			readings[key] = g.Fields[key].read(block)
			// The provider leaves a key out when it is false.
			if allowed.Format.keys[key] == nil && readings[key].present() && readings[key].joined() != "0" {
				f.add(block.path, "%s: %q of %s has no key %q", pathText(block.path), name, c.Call, key)
			}
		}
		f.values(name+" of "+c.Call, allowed.Format.keys, readings, g.Fields, block)
	}
}

// uncovered refuses what is set and not in the table: it would pass unchecked.
func (f *findings) uncovered(entry *resourceTable, value tftypes.Value, path *tftypes.AttributePath, name string) {
	if value.IsNull() || entry.covers(name) {
		return
	}
	fields := map[string]tftypes.Value{}
	switch {
	case value.IsKnown() && value.Type().Is(tftypes.Object{}) && value.As(&fields) == nil:
		for _, field := range sortedKeys(fields) {
			f.uncovered(entry, fields[field], path.WithAttributeName(field), dotted(name, field))
		}
	case value.IsKnown() && (value.Type().Is(tftypes.List{}) || value.Type().Is(tftypes.Set{})):
		for _, element := range elementsOf(value, path) {
			f.uncovered(entry, element.value, element.path, name)
		}
	default:
		f.add(path, "%s is not in pve-requests.json: nothing would check it", pathText(path))
	}
}

// pathText writes a path as people do: cpu[0].cores.
func pathText(path *tftypes.AttributePath) string {
	var text strings.Builder
	for _, step := range path.Steps() {
		switch at := step.(type) {
		case tftypes.AttributeName:
			if text.Len() > 0 {
				text.WriteByte('.')
			}
			text.WriteString(string(at))
		case tftypes.ElementKeyInt:
			fmt.Fprintf(&text, "[%d]", int(at))
		case tftypes.ElementKeyString:
			fmt.Fprintf(&text, "[%q]", string(at))
		case tftypes.ElementKeyValue:
			fmt.Fprintf(&text, "[%s]", scalar(tftypes.Value(at)))
		}
	}
	return text.String()
}
