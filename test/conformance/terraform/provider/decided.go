package main

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// decided refuses values for what the provider alone decides: the engines leave that to it.
func decided(block *tfprotov6.SchemaBlock, value tftypes.Value, path *tftypes.AttributePath) []*tfprotov6.Diagnostic {
	fields := map[string]tftypes.Value{}
	if value.IsNull() || !value.IsKnown() || value.As(&fields) != nil {
		return nil
	}
	result := decidedAttributes(block.Attributes, fields, path)
	for _, nested := range block.BlockTypes {
		for _, at := range objectsIn(fields[nested.TypeName], path.WithAttributeName(nested.TypeName)) {
			result = append(result, decided(nested.Block, at.value, at.path)...)
		}
	}
	return result
}

func decidedAttributes(
	attributes []*tfprotov6.SchemaAttribute, fields map[string]tftypes.Value, path *tftypes.AttributePath,
) []*tfprotov6.Diagnostic {
	var result []*tfprotov6.Diagnostic
	for _, attribute := range attributes {
		value, at := fields[attribute.Name], path.WithAttributeName(attribute.Name)
		if attribute.Computed && !attribute.Optional && !value.IsNull() {
			result = append(result, refusal(at, pathText(at)+" is decided by the provider and cannot be set"))
		}
		if attribute.NestedType == nil {
			continue
		}
		for _, object := range objectsIn(value, at) {
			inner := map[string]tftypes.Value{}
			if object.value.IsKnown() && !object.value.IsNull() && object.value.As(&inner) == nil {
				result = append(result, decidedAttributes(attribute.NestedType.Attributes, inner, object.path)...)
			}
		}
	}
	return result
}

// objectsIn are an object itself, or those of a list, set or map.
func objectsIn(value tftypes.Value, path *tftypes.AttributePath) []element {
	elements := map[string]tftypes.Value{}
	switch {
	case value.Type().Is(tftypes.Object{}):
		return []element{{value, path}}
	case value.Type().Is(tftypes.Map{}) && value.IsKnown() && !value.IsNull() && value.As(&elements) == nil:
		var result []element
		for _, key := range sortedKeys(elements) {
			result = append(result, element{elements[key], path.WithElementKeyString(key)})
		}
		return result
	}
	return elementsOf(value, path)
}
