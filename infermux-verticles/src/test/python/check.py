"""Calls an InferMux with stubs that were generated from its infermux.proto."""

import os
import sys

import grpc
from grpc_tools import protoc

proto, out = os.environ["INFERMUX_PROTO"], os.getcwd()
sys.path.insert(0, out)
assert protoc.main(["", f"-I{proto}", f"--python_out={out}", f"--grpc_python_out={out}", "infermux/v1/infermux.proto"]) == 0

from infermux.v1 import infermux_pb2 as pb
from infermux.v1 import infermux_pb2_grpc as rpc


def asking(model):
    return pb.InferRequest(model=model, messages=[pb.ChatMessage(role="user", content="Hi")])


def check(what, ok, found):
    print("ok" if ok else "FAILED", what, "" if ok else found)
    if not ok:
        sys.exit(1)


def code(call):
    try:
        return call()
    except grpc.RpcError as error:
        return error.code()


with grpc.insecure_channel(os.environ["INFERMUX_GRPC"]) as channel:
    client = rpc.InferMuxServiceStub(channel)
    answer = client.Infer(asking("echo-v1"), timeout=30)
    check("infer", answer.content == "echo: Hi" and answer.tokens_out == 2, answer)
    providers = client.ListProviders(pb.ListProvidersRequest(), timeout=30).providers
    check("list", providers[0].name == "echo", providers)
    chunks = list(client.InferStream(asking("echo-v1"), timeout=30))
    check("stream", "".join(chunk.delta for chunk in chunks) == "echo: Hi" and chunks[-1].end.provider == "echo", chunks)
    unknown = code(lambda: client.Infer(asking("nobody-has-it"), timeout=30))
    check("unknown model", unknown == grpc.StatusCode.NOT_FOUND, unknown)
    empty = code(lambda: client.Infer(pb.InferRequest(model="echo-v1"), timeout=30))
    check("no messages", empty == grpc.StatusCode.INVALID_ARGUMENT, empty)
    late = code(lambda: client.Infer(asking("gpt-4o-mini"), timeout=0.2))
    check("deadline", late == grpc.StatusCode.DEADLINE_EXCEEDED, late)
