// Reads a template of Tinkerbell with the libraries that its controller reads it with, at their versions in release 0.25.0:
// text/template with Sprig's hermetic functions, yaml.v3, and the parser of image references of the distribution project.
//
// The input is JSON, {"data": the template, "values": what it is filled with}; the output what was read, as JSON. It reads more
// strictly than Tinkerbell, which drops unknown fields and has no use for what takes no time.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"github.com/distribution/reference"
	"gopkg.in/yaml.v3"
)

type step struct {
	Name        string            `yaml:"name" json:"name"`
	Image       string            `yaml:"image" json:"image"`
	Timeout     int64             `yaml:"timeout" json:"timeout"`
	Command     []string          `yaml:"command" json:"command,omitempty"`
	Volumes     []string          `yaml:"volumes" json:"volumes,omitempty"`
	Environment map[string]string `yaml:"environment" json:"environment,omitempty"`
	Pid         string            `yaml:"pid" json:"pid,omitempty"`
}

type group struct {
	Name        string            `yaml:"name" json:"name"`
	Worker      string            `yaml:"worker" json:"worker"`
	Volumes     []string          `yaml:"volumes" json:"volumes,omitempty"`
	Environment map[string]string `yaml:"environment" json:"environment,omitempty"`
	Actions     []step            `yaml:"actions" json:"actions"`
}

type document struct {
	Version       string  `yaml:"version" json:"version"`
	Name          string  `yaml:"name" json:"name"`
	GlobalTimeout int     `yaml:"global_timeout" json:"global_timeout"`
	Tasks         []group `yaml:"tasks" json:"tasks"`
}

func main() {
	read, err := run(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(read); err != nil {
		panic(err)
	}
}

func run(input io.Reader) (*document, error) {
	var request struct {
		Data   string         `json:"data"`
		Values map[string]any `json:"values"`
	}
	if err := json.NewDecoder(input).Decode(&request); err != nil {
		return nil, err
	}
	filled, err := fill(request.Data, request.Values)
	if err != nil {
		return nil, err
	}
	var read document
	decoder := yaml.NewDecoder(bytes.NewReader(filled))
	decoder.KnownFields(true)
	if err := decoder.Decode(&read); err != nil {
		return nil, err
	}
	return &read, check(read)
}

func fill(data string, values map[string]any) ([]byte, error) {
	functions := sprig.HermeticTxtFuncMap()
	functions["formatPartition"] = partition
	parsed, err := template.New("template").Option("missingkey=error").Funcs(functions).Parse(data)
	if err != nil {
		return nil, err
	}
	var filled bytes.Buffer
	err = parsed.Execute(&filled, values)
	return filled.Bytes(), err
}

// partition is the path of a partition, as udev names it. The names that the kernel gives are refused: they change.
func partition(disk string, number int) (string, error) {
	if !strings.HasPrefix(disk, "/dev/disk/by-") {
		return "", fmt.Errorf("disk %q is named by what the kernel calls it today", disk)
	}
	return fmt.Sprintf("%s-part%d", disk, number), nil
}

func check(read document) error {
	if read.Version != "0.1" || read.GlobalTimeout <= 0 || len(read.Tasks) == 0 {
		return fmt.Errorf("version %q, global_timeout %d, %d tasks", read.Version, read.GlobalTimeout, len(read.Tasks))
	}
	tasks := names{}
	if err := (names{}).add(read.Name); err != nil {
		return err
	}
	for _, task := range read.Tasks {
		if err := tasks.add(task.Name); err != nil {
			return err
		}
		if task.Worker == "" || len(task.Actions) == 0 {
			return fmt.Errorf("task %q: worker %q, %d actions", task.Name, task.Worker, len(task.Actions))
		}
		actions := names{}
		for _, action := range task.Actions {
			if err := actions.add(action.Name); err != nil {
				return err
			}
			if _, err := reference.ParseNormalizedNamed(action.Image); err != nil {
				return fmt.Errorf("image %q: %w", action.Image, err)
			}
			if action.Timeout <= 0 {
				return fmt.Errorf("timeout %d of %q", action.Timeout, action.Name)
			}
		}
	}
	return nil
}

// names are those of one level: each is 1 to 199 bytes long, and there once.
type names map[string]bool

func (seen names) add(name string) error {
	if name == "" || len(name) > 199 || seen[name] {
		return fmt.Errorf("name %q is empty, too long, or there twice", name)
	}
	seen[name] = true
	return nil
}
