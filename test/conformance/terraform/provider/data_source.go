package main

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

func (p *provider) ValidateDataResourceConfig(
	context.Context, *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

func (p *provider) ReadDataSource(
	_ context.Context, request *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	schema, ok := p.replay.dataSources[request.TypeName]
	if !ok {
		return nil, fmt.Errorf("the schema has no data source %s", request.TypeName)
	}
	config, err := request.Config.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	state, err := applied("data."+request.TypeName, planned(schema.Block, config), "")
	if err != nil {
		return nil, err
	}
	response := &tfprotov6.ReadDataSourceResponse{}
	response.State, err = dynamic(schema, state)
	return response, err
}
