// Reads machine configurations as Talos itself does: makes them with secrets of this run, patches them, and asks Talos whether a machine
// could run with the result. One JSON list of questions on standard input, one list of answers on standard output.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
	"github.com/siderolabs/talos/pkg/machinery/config/configpatcher"
	"github.com/siderolabs/talos/pkg/machinery/config/encoder"
	"github.com/siderolabs/talos/pkg/machinery/config/generate"
	"github.com/siderolabs/talos/pkg/machinery/config/generate/secrets"
	"github.com/siderolabs/talos/pkg/machinery/config/machine"
)

type question struct {
	Cluster    string   `json:"cluster"`
	Endpoint   string   `json:"endpoint"`
	Kubernetes string   `json:"kubernetes"`
	Talos      string   `json:"talos"`
	Type       string   `json:"type"`
	Metal      bool     `json:"metal"`
	Patches    []string `json:"patches"`
}

type answer struct {
	Error    string   `json:"error,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
	// Without its secrets, to compare.
	Config string `json:"config,omitempty"`
}

// Where a machine runs, as Talos asks it.
type mode bool

func (m mode) String() string        { return map[bool]string{true: "metal", false: "cloud"}[bool(m)] }
func (m mode) RequiresInstall() bool { return bool(m) }
func (m mode) InContainer() bool     { return false }

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	bundles := map[string]*secrets.Bundle{}
	answers := []answer{}
	for _, q := range questions {
		a, err := ask(q, bundles)
		if err != nil {
			a.Error = err.Error()
		}
		answers = append(answers, a)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func ask(q question, bundles map[string]*secrets.Bundle) (answer, error) {
	contract, err := config.ParseContractFromVersion(q.Talos)
	if err != nil {
		return answer{}, err
	}
	bundle, ok := bundles[q.Talos]
	if !ok {
		if bundle, err = secrets.NewBundle(secrets.NewClock(), contract); err != nil {
			return answer{}, err
		}
		bundles[q.Talos] = bundle
	}
	input, err := generate.NewInput(q.Cluster, q.Endpoint, strings.TrimPrefix(q.Kubernetes, "v"),
		generate.WithVersionContract(contract), generate.WithSecretsBundle(bundle))
	if err != nil {
		return answer{}, err
	}
	kind, err := machine.ParseType(q.Type)
	if err != nil {
		return answer{}, err
	}
	provider, err := input.Config(kind)
	if err != nil {
		return answer{}, err
	}
	patches, err := configpatcher.LoadPatches(q.Patches)
	if err != nil {
		return answer{}, fmt.Errorf("patch: %w", err)
	}
	patched, err := configpatcher.Apply(configpatcher.WithConfig(provider), patches)
	if err != nil {
		return answer{}, fmt.Errorf("patch: %w", err)
	}
	text, err := patched.Bytes()
	if err != nil {
		return answer{}, err
	}
	loaded, err := configloader.NewFromBytes(text)
	if err != nil {
		return answer{}, fmt.Errorf("load: %w", err)
	}
	warnings, err := loaded.Validate(mode(q.Metal))
	if err != nil {
		return answer{Warnings: warnings}, fmt.Errorf("validate: %w", err)
	}
	redacted, err := loaded.RedactSecrets("secret").EncodeBytes(encoder.WithComments(encoder.CommentsDisabled))
	return answer{Warnings: warnings, Config: string(redacted)}, err
}
