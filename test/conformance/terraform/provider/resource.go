package main

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func (p *provider) ValidateResourceConfig(
	_ context.Context, request *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	schema, err := p.resource(request.TypeName)
	if err != nil {
		return nil, err
	}
	config, err := request.Config.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	found := append(decided(schema.Block, config, tftypes.NewAttributePath()), p.checks.resource(request.TypeName, config)...)
	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: found}, nil
}

func (p *provider) PlanResourceChange(
	_ context.Context, request *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	schema, err := p.resource(request.TypeName)
	if err != nil {
		return nil, err
	}
	proposed, err := request.ProposedNewState.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	if proposed.IsNull() {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: request.ProposedNewState}, nil
	}
	prior, err := request.PriorState.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	config, err := request.Config.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	if found := p.checks.resource(request.TypeName, config); len(found) > 0 {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: request.PriorState, Diagnostics: found}, nil
	}
	if proposed.Equal(prior) {
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: request.PriorState}, nil
	}
	next := planned(schema.Block, proposed)
	response := &tfprotov6.PlanResourceChangeResponse{RequiresReplace: p.checks.replaced(request.TypeName, prior, next)}
	response.PlannedState, err = dynamic(schema, next)
	return response, err
}

func (p *provider) ApplyResourceChange(
	_ context.Context, request *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	schema, err := p.resource(request.TypeName)
	if err != nil {
		return nil, err
	}
	plan, err := request.PlannedState.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	if plan.IsNull() {
		return &tfprotov6.ApplyResourceChangeResponse{NewState: request.PlannedState}, nil
	}
	state, err := applied(request.TypeName, plan, p.checks.identity(request.TypeName, plan))
	if err != nil {
		return nil, err
	}
	response := &tfprotov6.ApplyResourceChangeResponse{}
	response.NewState, err = dynamic(schema, state)
	return response, err
}

func (p *provider) ReadResource(_ context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: request.CurrentState, Private: request.Private}, nil
}

func (p *provider) UpgradeResourceState(
	_ context.Context, request *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	schema, err := p.resource(request.TypeName)
	if err != nil {
		return nil, err
	}
	state, err := request.RawState.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	response := &tfprotov6.UpgradeResourceStateResponse{}
	response.UpgradedState, err = dynamic(schema, state)
	return response, err
}

func (p *provider) ImportResourceState(
	_ context.Context, request *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	schema, err := p.resource(request.TypeName)
	if err != nil {
		return nil, err
	}
	object, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		return nil, fmt.Errorf("%s is not an object", request.TypeName)
	}
	fields := map[string]tftypes.Value{}
	for name, of := range object.AttributeTypes {
		fields[name] = empty(of)
	}
	fields["id"] = tftypes.NewValue(tftypes.String, request.ID)
	state, err := dynamic(schema, tftypes.NewValue(object, fields))
	if err != nil {
		return nil, err
	}
	imported := &tfprotov6.ImportedResource{TypeName: request.TypeName, State: state}
	return &tfprotov6.ImportResourceStateResponse{ImportedResources: []*tfprotov6.ImportedResource{imported}}, nil
}

// empty is the value of a block or attribute that nobody set: blocks are never null.
func empty(of tftypes.Type) tftypes.Value {
	if list, ok := of.(tftypes.List); ok && list.ElementType.Is(tftypes.Object{}) {
		return tftypes.NewValue(of, []tftypes.Value{})
	}
	if set, ok := of.(tftypes.Set); ok && set.ElementType.Is(tftypes.Object{}) {
		return tftypes.NewValue(of, []tftypes.Value{})
	}
	return tftypes.NewValue(of, nil)
}

func (p *provider) MoveResourceState(
	context.Context, *tfprotov6.MoveResourceStateRequest,
) (*tfprotov6.MoveResourceStateResponse, error) {
	return &tfprotov6.MoveResourceStateResponse{Diagnostics: unsupported("moving state between resource types")}, nil
}

func (p *provider) UpgradeResourceIdentity(
	context.Context, *tfprotov6.UpgradeResourceIdentityRequest,
) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return &tfprotov6.UpgradeResourceIdentityResponse{Diagnostics: unsupported("resource identity")}, nil
}

func unsupported(what string) []*tfprotov6.Diagnostic {
	return []*tfprotov6.Diagnostic{{Severity: tfprotov6.DiagnosticSeverityError, Summary: "replay: no " + what}}
}
