// Reads registries.yaml on its standard input into the structure that K3s reads it into, more strictly: a field that the structure does
// not have is an error here, and nothing there.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"

	"github.com/rancher/wharfie/pkg/registries"
	"sigs.k8s.io/yaml"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		fail(err)
	}
	registry := &registries.Registry{}
	if err := yaml.UnmarshalStrict(text, registry); err != nil {
		fail(err)
	}
	for name, mirror := range registry.Mirrors {
		for _, endpoint := range mirror.Endpoints {
			if address, err := url.Parse(endpoint); err != nil || address.Host == "" {
				fail(fmt.Errorf("mirror of %s: %q is no address", name, endpoint))
			}
		}
	}
	json.NewEncoder(os.Stdout).Encode(registry)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
