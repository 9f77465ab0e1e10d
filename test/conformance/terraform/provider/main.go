// Command terraform-provider-replay serves a provider whose schema is replayed from the output of
// `terraform providers schema -json`, keeps everything in state alone, and checks known values
// against the API schema of the product behind the provider.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

const (
	schemaVariable = "ASHLAR_REPLAY_SCHEMA"
	apiVariable    = "ASHLAR_REPLAY_PVE_API"
)

// schemaFor is the schema file itself, or the one of a folder that belongs to the name under which this program was started:
// terraform-provider-proxmox_v0.111.1 plays bpg-proxmox-0.111.1.schema.json.
func schemaFor(path, program string) (string, error) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return path, err
	}
	name, version, _ := strings.Cut(strings.TrimPrefix(filepath.Base(program), "terraform-provider-"), "_v")
	found, err := filepath.Glob(filepath.Join(path, "*-"+name+"-"+version+".schema.json"))
	if err != nil || len(found) != 1 {
		return "", fmt.Errorf("%s holds %d schemas of provider %s %s, want one", path, len(found), name, version)
	}
	return found[0], nil
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("terraform-provider-replay: ")
	path, err := schemaFor(os.Getenv(schemaVariable), os.Args[0])
	if err != nil {
		log.Fatal(err)
	}
	replay, err := readReplay(path)
	if err != nil {
		log.Fatal(err)
	}
	checks, err := readChecks(replay, os.Getenv(apiVariable))
	if err != nil {
		log.Fatal(err)
	}
	server := &provider{replay: replay, checks: checks}
	if err := tf6server.Serve(replay.source, func() tfprotov6.ProviderServer { return server }); err != nil {
		log.Fatal(err)
	}
}
