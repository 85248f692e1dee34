// Evaluation sends the suite of a file through InferMux with MatchSpec's runner, and prints what came of it and what it
// cost. MatchSpec's own command line prints the name of a suite and runs nothing; its library is what evaluates.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/greynewell/matchspec"
	"github.com/greynewell/mist-go/protocol"
	"github.com/greynewell/mist-go/tokentrace"
)

func main() {
	url := flag.String("infermux", "http://localhost:8080", "where InferMux answers")
	management := flag.String("management", "", "where its management API answers; default: the same")
	spans := flag.String("tokentrace", "", "where the suite's spans go; default: nowhere")
	model := flag.String("model", "judge", "the model that is asked")
	file := flag.String("suite", "suite.json", "the suite")
	wait := flag.Duration("wait", 30*time.Second, "how long InferMux may take to be ready")
	flag.Parse()
	if *management == "" {
		*management = *url
	}
	if err := run(*url, *management, *spans, *model, *file, *wait); err != nil {
		fmt.Fprintln(os.Stderr, "evaluation:", err)
		os.Exit(1)
	}
}

func run(url, management, spans, model, file string, wait time.Duration) error {
	suite, err := read(file)
	if err != nil {
		return err
	}
	registry := matchspec.NewSuiteRegistry()
	if err := registry.Register(suite); err != nil {
		return err
	}
	if err := ready(management, wait); err != nil {
		return err
	}
	before, err := spent(management, suite.Name)
	if err != nil {
		return err
	}
	ask := &asker{url: url + "/mist", model: model, project: suite.Name, served: map[string]int{}}
	runner := matchspec.NewRunner(registry, ask.infer, tokentrace.NewReporter("matchspec", spans))
	results, err := runner.Run(context.Background(), protocol.EvalRun{Suite: suite.Name})
	if err != nil {
		return err
	}
	after, err := spent(management, suite.Name)
	if err != nil {
		return err
	}
	return report(suite.Name, results, ask, after-before)
}

func read(file string) (*matchspec.Suite, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	suite := &matchspec.Suite{}
	return suite, json.Unmarshal(text, suite)
}

// asker puts prompts to InferMux in MIST envelopes, and keeps who answered at what price.
type asker struct {
	url     string
	model   string
	project string
	served  map[string]int
	cost    float64
}

func (a *asker) infer(ctx context.Context, prompt string) (string, error) {
	request, err := protocol.New("matchspec", protocol.TypeInferRequest, protocol.InferRequest{
		Model:    a.model,
		Messages: []protocol.ChatMessage{{Role: "user", Content: prompt}},
		Meta:     map[string]string{"caller": "matchspec", "project": a.project},
	})
	if err != nil {
		return "", err
	}
	answer, err := a.send(ctx, request)
	if err != nil {
		return "", err
	}
	var response protocol.InferResponse
	if err := answer.Decode(&response); err != nil {
		return "", err
	}
	a.served[response.Provider]++
	a.cost += response.CostUSD
	return response.Content, nil
}

// send puts a message and reads the one that comes back; MIST's own transport reads none.
func (a *asker) send(ctx context.Context, message *protocol.Message) (*protocol.Message, error) {
	body, err := message.Marshal()
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", response.Status, text)
	}
	answer, err := protocol.Unmarshal(text)
	if err == nil && !answer.VerifyChecksum() {
		err = fmt.Errorf("checksum %d does not fit", answer.Checksum)
	}
	return answer, err
}

func ready(management string, wait time.Duration) error {
	deadline := time.Now().Add(wait)
	for {
		answer, err := http.Get(management + "/_infermux/ready")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
			err = fmt.Errorf("not ready: %s", answer.Status)
		}
		if time.Now().After(deadline) {
			return err
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// spent asks for what a project has cost this month.
func spent(management, project string) (float64, error) {
	answer, err := http.Get(management + "/_infermux/costs/by-project")
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	var costs struct {
		ByProject map[string]float64 `json:"by_project"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&costs); err != nil {
		return 0, err
	}
	return costs.ByProject[project], nil
}

func report(suite string, results []protocol.EvalResult, ask *asker, spent float64) error {
	passed := 0
	for _, result := range results {
		verdict := "FAIL"
		if result.Passed {
			verdict = "pass"
			passed++
		}
		fmt.Printf("%s %s/%s %d ms %s\n", verdict, result.Suite, result.Task, result.DurationMS, result.Error)
	}
	for provider, count := range ask.served {
		fmt.Printf("served by %s: %d\n", provider, count)
	}
	fmt.Printf("%s: %d of %d passed, %.8f USD by the answers, %.8f USD in the ledger\n",
		suite, passed, len(results), ask.cost, spent)
	if passed < len(results) {
		return fmt.Errorf("%d of %d failed", len(results)-passed, len(results))
	}
	return nil
}
