package main

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// planned turns what the configuration and the prior state leave unset into "known after apply".
func planned(block *tfprotov6.SchemaBlock, value tftypes.Value) tftypes.Value {
	return rebuilt(value, func(fields map[string]tftypes.Value) {
		plannedAttributes(block.Attributes, fields)
		for _, nested := range block.BlockTypes {
			inner := nested.Block
			fields[nested.TypeName] = eachObject(fields[nested.TypeName], func(element tftypes.Value) tftypes.Value {
				return planned(inner, element)
			})
		}
	})
}

func plannedAttributes(attributes []*tfprotov6.SchemaAttribute, fields map[string]tftypes.Value) {
	for _, attribute := range attributes {
		value := fields[attribute.Name]
		switch {
		case attribute.WriteOnly:
			fields[attribute.Name] = tftypes.NewValue(value.Type(), nil)
		case attribute.Computed && value.IsNull():
			fields[attribute.Name] = tftypes.NewValue(value.Type(), tftypes.UnknownValue)
		case attribute.NestedType != nil:
			inner := attribute.NestedType.Attributes
			fields[attribute.Name] = eachObject(value, func(element tftypes.Value) tftypes.Value {
				return rebuilt(element, func(nested map[string]tftypes.Value) { plannedAttributes(inner, nested) })
			})
		}
	}
}

// rebuilt is an object with its fields changed; null and unknown objects stay as they are.
func rebuilt(value tftypes.Value, change func(fields map[string]tftypes.Value)) tftypes.Value {
	if value.IsNull() || !value.IsKnown() {
		return value
	}
	fields := map[string]tftypes.Value{}
	if err := value.As(&fields); err != nil {
		return value
	}
	change(fields)
	return tftypes.NewValue(value.Type(), fields)
}

// eachObject applies a change to an object, or to every object of a list, set or map.
func eachObject(value tftypes.Value, change func(tftypes.Value) tftypes.Value) tftypes.Value {
	if value.IsNull() || !value.IsKnown() {
		return value
	}
	switch {
	case value.Type().Is(tftypes.Object{}):
		return change(value)
	case value.Type().Is(tftypes.Map{}):
		elements := map[string]tftypes.Value{}
		if err := value.As(&elements); err != nil {
			return value
		}
		for key, element := range elements {
			elements[key] = change(element)
		}
		return tftypes.NewValue(value.Type(), elements)
	default:
		var elements []tftypes.Value
		if err := value.As(&elements); err != nil {
			return value
		}
		for index, element := range elements {
			elements[index] = change(element)
		}
		return tftypes.NewValue(value.Type(), elements)
	}
}

// applied gives every unknown value a value that depends only on the resource and the place.
func applied(typeName string, value tftypes.Value, identity string) (tftypes.Value, error) {
	seed := typeName + "\n" + value.String()
	return tftypes.Transform(value, func(path *tftypes.AttributePath, at tftypes.Value) (tftypes.Value, error) {
		if at.IsKnown() {
			return at, nil
		}
		if identity != "" && path.Equal(tftypes.NewAttributePath().WithAttributeName("id")) {
			return tftypes.NewValue(tftypes.String, identity), nil
		}
		if at.Type().Is(tftypes.String) && numberedByProduct(typeName) && path.Equal(tftypes.NewAttributePath().WithAttributeName("id")) {
			number := filled(tftypes.Number, seed+"\n"+path.String())
			var value big.Float
			if err := number.As(&value); err != nil {
				return at, err
			}
			return tftypes.NewValue(tftypes.String, value.Text('f', 0)), nil
		}
		return filled(at.Type(), seed+"\n"+path.String()), nil
	})
}

// numberedByProduct tells whether a product gives numbers to what it makes, and its provider keeps them as text.
func numberedByProduct(typeName string) bool {
	return strings.HasPrefix(typeName, "hcloud_")
}

func filled(of tftypes.Type, seed string) tftypes.Value {
	sum := sha256.Sum256([]byte(seed))
	switch {
	case of.Is(tftypes.String):
		return tftypes.NewValue(of, "replay-"+hex.EncodeToString(sum[:6]))
	case of.Is(tftypes.Number):
		// Within the range of guest numbers, which the API also checks.
		return tftypes.NewValue(of, new(big.Float).SetInt64(100_000+int64(binary.BigEndian.Uint32(sum[:4])%100_000)))
	case of.Is(tftypes.Bool):
		return tftypes.NewValue(of, false)
	case of.Is(tftypes.List{}), of.Is(tftypes.Set{}):
		return tftypes.NewValue(of, []tftypes.Value{})
	case of.Is(tftypes.Map{}):
		return tftypes.NewValue(of, map[string]tftypes.Value{})
	default:
		return tftypes.NewValue(of, nil)
	}
}
