package main

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// checks hold what the product behind a provider refuses; a provider without a table has none.
type checks struct{ table *table }

const proxmox = "bpg/proxmox"

func readChecks(replay *replay, path string) (*checks, error) {
	if !strings.HasSuffix(replay.source, proxmox) {
		return &checks{}, nil
	}
	if path == "" {
		return nil, fmt.Errorf("%s names no API schema, and %s is checked against one", apiVariable, proxmox)
	}
	api, err := readAPI(path)
	if err != nil {
		return nil, err
	}
	table, err := readTable(api, replay)
	return &checks{table}, err
}

var token = regexp.MustCompile(`^\S+@\w+!\S+=[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$`)

// provider wants what the real one wants before it asks its API anything.
func (c *checks) provider(config tftypes.Value) []*tfprotov6.Diagnostic {
	if c.table == nil {
		return nil
	}
	in := whole(config)
	var result []*tfprotov6.Diagnostic
	if endpoint := source("endpoint").read(in); !endpoint.unknown {
		address, err := url.Parse(endpoint.joined())
		if err != nil || address.Scheme != "https" || address.Host == "" {
			result = append(result, refusal(in.path.WithAttributeName("endpoint"), "the endpoint must be an https URL"))
		}
	}
	apiToken := source("api_token").read(in)
	switch {
	case !source("api_token|auth_ticket|password").read(in).present():
		result = append(result, refusal(in.path.WithAttributeName("api_token"), "there is no api_token, auth_ticket or password"))
	case apiToken.present() && !apiToken.unknown && !token.MatchString(apiToken.joined()):
		result = append(result, refusal(in.path.WithAttributeName("api_token"), "an API token is written user@realm!name=uuid"))
	}
	return result
}

// resource asks the API schema about every value that is known.
func (c *checks) resource(name string, config tftypes.Value) []*tfprotov6.Diagnostic {
	if c.table == nil {
		return nil
	}
	entry, ok := c.table.Resources[name]
	if !ok {
		return []*tfprotov6.Diagnostic{refusal(nil, name+" has no entry in pve-requests.json: nothing would check it")}
	}
	found := &findings{slots: c.table.Slots}
	for _, request := range entry.Requests {
		for _, in := range whole(config).each(request.Each) {
			if request.When == "" || request.When.read(in).present() {
				found.request(request, in)
			}
		}
	}
	found.uncovered(entry, config, tftypes.NewAttributePath(), "")
	return found.diagnostics
}

// replaced are the changed attributes that the real provider can change only by making the resource anew. What is not
// known before apply has changed.
func (c *checks) replaced(name string, prior, next tftypes.Value) []*tftypes.AttributePath {
	if c.table == nil || prior.IsNull() || c.table.Resources[name] == nil {
		return nil
	}
	var result []*tftypes.AttributePath
	rules := c.table.Resources[name].Replace
	for _, path := range sortedKeys(rules) {
		inPlace := rules[path] != "" && source(rules[path]).read(whole(next)).joined() == "1"
		if !inPlace && !slices.EqualFunc(whole(prior).at(path), whole(next).at(path), tftypes.Value.Equal) {
			attribute, _, _ := strings.Cut(path, ".")
			result = append(result, tftypes.NewAttributePath().WithAttributeName(attribute))
		}
	}
	return result
}

// identity is the id that the real provider would give, or nothing when a part of it is not known yet.
func (c *checks) identity(name string, value tftypes.Value) string {
	if c.table == nil || c.table.Resources[name] == nil {
		return ""
	}
	id := c.table.Resources[name].ID.read(whole(value))
	return id.joined()
}
