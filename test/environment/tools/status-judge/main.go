// Command status-judge says what Argo CD and kstatus make of an object. It reads one question a line from standard input,
// {"script": "path of a health.lua", "object": {...}}, and writes one answer a line to standard output:
// {"argo": {"status", "message"}, "kstatus": {"status", "message"}}. Without a script there is no word of Argo CD, which
// then has none either.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	luajson "layeh.com/gopher-json"
)

type question struct {
	Script string          `json:"script"`
	Object json.RawMessage `json:"object"`
}

type verdict struct {
	Status  string `json:"status"`
	Message string `json:"message"`
}

type answer struct {
	Argo    *verdict `json:"argo,omitempty"`
	Kstatus verdict  `json:"kstatus"`
}

func main() {
	if err := judgeAll(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "status-judge: %v\n", err)
		os.Exit(1)
	}
}

func judgeAll(in io.Reader, out io.Writer) error {
	questions := json.NewDecoder(bufio.NewReader(in))
	written := bufio.NewWriter(out)
	answers := json.NewEncoder(written)
	for {
		var asked question
		if err := questions.Decode(&asked); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read a question: %w", err)
		}
		given, err := judge(asked)
		if err != nil {
			return err
		}
		if err := answers.Encode(given); err != nil {
			return err
		}
		// Whoever asks one by one waits for each answer.
		if err := written.Flush(); err != nil {
			return err
		}
	}
}

func judge(asked question) (answer, error) {
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(asked.Object); err != nil {
		return answer{}, fmt.Errorf("read an object: %w", err)
	}
	computed, err := status.Compute(object)
	if err != nil {
		return answer{}, fmt.Errorf("compute the status of %s: %w", object.GetName(), err)
	}
	given := answer{Kstatus: verdict{Status: computed.Status.String(), Message: computed.Message}}
	if asked.Script != "" {
		script, err := os.ReadFile(asked.Script)
		if err != nil {
			return answer{}, err
		}
		given.Argo = argo(object, string(script))
	}
	return given, nil
}

// With it, an object being deleted is still a hook of Argo CD's, to be judged as any other.
const hookFinalizer = "argocd.argoproj.io/hook-finalizer"

// What gitops-engine's health.GetResourceHealth does with a script: one that fails makes an Unknown, and an object being
// deleted mostly never gets as far as its script.
func argo(object *unstructured.Unstructured, script string) *verdict {
	if object.GetDeletionTimestamp() != nil && !slices.Contains(object.GetFinalizers(), hookFinalizer) {
		return &verdict{Status: "Progressing", Message: "Pending deletion"}
	}
	given, err := run(object, script)
	if err != nil {
		return &verdict{Status: "Unknown", Message: err.Error()}
	}
	switch given.Status {
	case "Unknown", "Progressing", "Suspended", "Healthy", "Degraded", "Missing", "":
		return given
	}
	return &verdict{Status: "Unknown", Message: "Lua returned an invalid health status"}
}

// What Argo CD's util/lua does with a script of argocd-cm: no libraries but these, the object as `obj`, one second. It
// also has time and date of the library `os`, which a verdict on a status has no use for, so here it fails that wants them.
func run(object *unstructured.Unstructured, script string) (*verdict, error) {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for _, library := range []struct {
		name string
		open lua.LGFunction
	}{
		{lua.LoadLibName, lua.OpenPackage},
		{lua.BaseLibName, lua.OpenBase},
		{lua.TabLibName, lua.OpenTable},
	} {
		if err := state.CallByParam(lua.P{Fn: state.NewFunction(library.open), Protect: true}, lua.LString(library.name)); err != nil {
			return nil, err
		}
	}
	limit, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	state.SetContext(limit)
	state.SetGlobal("obj", luaValue(state, object.Object))
	if err := state.DoString(script); err != nil {
		return nil, err
	}
	returned := state.Get(-1)
	if returned.Type() == lua.LTNil {
		return &verdict{}, nil
	}
	if returned.Type() != lua.LTTable {
		return nil, fmt.Errorf("expect table output from Lua script, not %s", returned.Type())
	}
	encoded, err := luajson.Encode(returned)
	if err != nil {
		return nil, err
	}
	given := &verdict{}
	if string(encoded) == "[]" { // an empty table
		return given, nil
	}
	return given, json.Unmarshal(encoded, given)
}

// As Argo CD does it: null and what JSON has not become nil, so that a list ends there.
func luaValue(state *lua.LState, value any) lua.LValue {
	switch known := value.(type) {
	case bool:
		return lua.LBool(known)
	case float64:
		return lua.LNumber(known)
	case int64:
		return lua.LNumber(known)
	case string:
		return lua.LString(known)
	case []any:
		list := state.CreateTable(len(known), 0)
		for _, item := range known {
			list.Append(luaValue(state, item))
		}
		return list
	case map[string]any:
		table := state.CreateTable(0, len(known))
		for key, item := range known {
			table.RawSetString(key, luaValue(state, item))
		}
		return table
	}
	return lua.LNil
}
