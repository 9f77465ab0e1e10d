// The `stack` command of the Docker CLI on its own: `stack-reader config -c FILE` reads a stack file, and asks no engine. The whole
// program needs a module that no public proxy has.
package main

import (
	"fmt"
	"os"

	"github.com/docker/cli/cli/command"
	"github.com/docker/cli/cli/command/stack"
)

func main() {
	cli, err := command.NewDockerCli()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	reader := stack.NewStackCommand(cli)
	reader.SilenceUsage = true
	if err := reader.Execute(); err != nil {
		os.Exit(1)
	}
}
