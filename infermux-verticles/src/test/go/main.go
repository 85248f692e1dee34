// Calls an InferMux with stubs that were generated from its infermux.proto, as a program of the Go server's users does.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	pb "infermuxcheck/infermux/v1"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

// As the Go server's own client has it.
const retries = `{"methodConfig": [{"name": [{"service": "infermux.v1.InferMuxService"}], "retryPolicy": {
  "maxAttempts": 3, "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 2,
  "retryableStatusCodes": ["UNAVAILABLE"]}}]}`

func main() {
	conn, err := grpc.NewClient(os.Getenv("INFERMUX_GRPC"),
		grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithDefaultServiceConfig(retries))
	check("connect", err == nil, err)
	defer conn.Close()
	client := pb.NewInferMuxServiceClient(conn)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()

	answer, err := client.Infer(ctx, asking("echo-v1"))
	check("infer", err == nil && answer.Content == "echo: Hi" && answer.TokensOut == 2 && answer.CostUsd > 0, answer, err)

	list, err := client.ListProviders(ctx, &pb.ListProvidersRequest{})
	check("list", err == nil && list.Providers[0].Name == "echo" && list.Providers[0].Models[0] == "echo-v1", list, err)

	answer, err = client.Infer(ctx, asking("gpt-4o"))
	check("third attempt", err == nil && answer.Content == "Hello there", answer, err)

	_, err = client.Infer(ctx, asking("nobody-has-it"))
	check("unknown model", status.Code(err) == codes.NotFound, err)

	_, err = client.Infer(ctx, &pb.InferRequest{Model: "echo-v1"})
	check("no messages", status.Code(err) == codes.InvalidArgument, err)

	short, done := context.WithTimeout(ctx, 200*time.Millisecond)
	_, err = client.Infer(short, asking("gpt-4o-mini"))
	done()
	check("deadline", status.Code(err) == codes.DeadlineExceeded, err)

	check("stream", streamed(ctx, client) == "echo: Hi", nil)

	health, err := grpc_health_v1.NewHealthClient(conn).Check(ctx,
		&grpc_health_v1.HealthCheckRequest{Service: "infermux.v1.InferMuxService"})
	check("health", err == nil && health.Status == grpc_health_v1.HealthCheckResponse_SERVING, health, err)
}

func asking(model string) *pb.InferRequest {
	return &pb.InferRequest{Model: model, Messages: []*pb.ChatMessage{{Role: "user", Content: "Hi"}}}
}

func streamed(ctx context.Context, client pb.InferMuxServiceClient) string {
	stream, err := client.InferStream(ctx, asking("echo-v1"))
	check("stream begins", err == nil, err)
	text := ""
	for {
		chunk, err := stream.Recv()
		if err == io.EOF {
			return text
		}
		check("stream goes on", err == nil, err)
		text += chunk.Delta
	}
}

func check(what string, ok bool, found ...any) {
	if !ok {
		fmt.Println("FAILED", what, found)
		os.Exit(1)
	}
	fmt.Println("ok", what)
}
