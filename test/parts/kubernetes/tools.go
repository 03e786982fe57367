//go:build tools

// Package tools names what `go build` fetches: the API server that the tests start.
package tools

import _ "k8s.io/kubernetes/cmd/kube-apiserver"
