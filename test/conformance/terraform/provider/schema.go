package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// replay is one provider's schema in the form of the plugin protocol.
type replay struct {
	source      string
	provider    *tfprotov6.Schema
	resources   map[string]*tfprotov6.Schema
	dataSources map[string]*tfprotov6.Schema
}

type schemaFile struct {
	ProviderSchemas map[string]struct {
		Provider    *schemaJSON           `json:"provider"`
		Resources   map[string]schemaJSON `json:"resource_schemas"`
		DataSources map[string]schemaJSON `json:"data_source_schemas"`
	} `json:"provider_schemas"`
}

type schemaJSON struct {
	Version int64     `json:"version"`
	Block   blockJSON `json:"block"`
}

type blockJSON struct {
	Attributes map[string]attributeJSON `json:"attributes"`
	BlockTypes map[string]nestedJSON    `json:"block_types"`
	Deprecated bool                     `json:"deprecated"`
}

type nestedJSON struct {
	Mode     string    `json:"nesting_mode"`
	MinItems int64     `json:"min_items"`
	MaxItems int64     `json:"max_items"`
	Block    blockJSON `json:"block"`
}

type attributeJSON struct {
	Type       json.RawMessage `json:"type"`
	Nested     *objectJSON     `json:"nested_type"`
	Required   bool            `json:"required"`
	Optional   bool            `json:"optional"`
	Computed   bool            `json:"computed"`
	Sensitive  bool            `json:"sensitive"`
	Deprecated bool            `json:"deprecated"`
	WriteOnly  bool            `json:"write_only"`
}

type objectJSON struct {
	Mode       string                   `json:"nesting_mode"`
	Attributes map[string]attributeJSON `json:"attributes"`
}

func readReplay(path string) (*replay, error) {
	if path == "" {
		return nil, fmt.Errorf("%s names no schema file", schemaVariable)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var file schemaFile
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(file.ProviderSchemas) != 1 {
		return nil, fmt.Errorf("%s holds %d provider schemas, want one", path, len(file.ProviderSchemas))
	}
	result := &replay{resources: map[string]*tfprotov6.Schema{}, dataSources: map[string]*tfprotov6.Schema{}}
	for source, from := range file.ProviderSchemas {
		result.source = source
		if from.Provider == nil {
			from.Provider = &schemaJSON{}
		}
		if result.provider, err = from.Provider.protocol(); err != nil {
			return nil, fmt.Errorf("provider: %w", err)
		}
		for name, schema := range from.Resources {
			if result.resources[name], err = schema.protocol(); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
		for name, schema := range from.DataSources {
			if result.dataSources[name], err = schema.protocol(); err != nil {
				return nil, fmt.Errorf("data %s: %w", name, err)
			}
		}
	}
	return result, nil
}

func (s schemaJSON) protocol() (*tfprotov6.Schema, error) {
	block, err := s.Block.protocol()
	if err != nil {
		return nil, err
	}
	return &tfprotov6.Schema{Version: s.Version, Block: block}, nil
}

func (b blockJSON) protocol() (*tfprotov6.SchemaBlock, error) {
	attributes, err := attributes(b.Attributes)
	if err != nil {
		return nil, err
	}
	block := &tfprotov6.SchemaBlock{Attributes: attributes, Deprecated: b.Deprecated}
	for _, name := range sortedKeys(b.BlockTypes) {
		nested := b.BlockTypes[name]
		mode, ok := blockModes[nested.Mode]
		if !ok {
			return nil, fmt.Errorf("%s: nesting mode %q of a block", name, nested.Mode)
		}
		inner, err := nested.Block.protocol()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		block.BlockTypes = append(block.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Block: inner, Nesting: mode, MinItems: nested.MinItems, MaxItems: nested.MaxItems,
		})
	}
	return block, nil
}

func attributes(from map[string]attributeJSON) ([]*tfprotov6.SchemaAttribute, error) {
	var result []*tfprotov6.SchemaAttribute
	for _, name := range sortedKeys(from) {
		attribute, err := from[name].protocol(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		result = append(result, attribute)
	}
	return result, nil
}

func (a attributeJSON) protocol(name string) (*tfprotov6.SchemaAttribute, error) {
	result := &tfprotov6.SchemaAttribute{
		Name: name, Required: a.Required, Optional: a.Optional, Computed: a.Computed,
		Sensitive: a.Sensitive, Deprecated: a.Deprecated, WriteOnly: a.WriteOnly,
	}
	if a.Nested == nil {
		if len(a.Type) == 0 {
			return nil, errors.New("neither type nor nested type")
		}
		parsed, err := tftypes.ParseJSONType(a.Type) //nolint:staticcheck // the one parser of this notation
		result.Type = parsed
		return result, err
	}
	mode, ok := objectModes[a.Nested.Mode]
	if !ok {
		return nil, fmt.Errorf("nesting mode %q of an attribute", a.Nested.Mode)
	}
	inner, err := attributes(a.Nested.Attributes)
	result.NestedType = &tfprotov6.SchemaObject{Attributes: inner, Nesting: mode}
	return result, err
}

var blockModes = map[string]tfprotov6.SchemaNestedBlockNestingMode{
	"single": tfprotov6.SchemaNestedBlockNestingModeSingle,
	"group":  tfprotov6.SchemaNestedBlockNestingModeGroup,
	"list":   tfprotov6.SchemaNestedBlockNestingModeList,
	"set":    tfprotov6.SchemaNestedBlockNestingModeSet,
	"map":    tfprotov6.SchemaNestedBlockNestingModeMap,
}

var objectModes = map[string]tfprotov6.SchemaObjectNestingMode{
	"single": tfprotov6.SchemaObjectNestingModeSingle,
	"list":   tfprotov6.SchemaObjectNestingModeList,
	"set":    tfprotov6.SchemaObjectNestingModeSet,
	"map":    tfprotov6.SchemaObjectNestingModeMap,
}

func sortedKeys[V any](from map[string]V) []string {
	keys := make([]string, 0, len(from))
	for key := range from {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
