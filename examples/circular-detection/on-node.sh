#!/usr/bin/env bash
# Runs a command on the cluster's node; on-node.sh --help says more. Works with the bash 3.2 of macOS.
set -eu

usage() {
  cat <<'TEXT'
Usage: on-node.sh COMMAND [ARGUMENT...]

Runs a command as root where the node's folder /tmp/aiq-storage is /aiq-storage, with the input and output of this one: in a pod that
is removed again, in the namespace default of kubectl's current context. With kind, docker exec into the node does the same.
TEXT
}

case "${1:-}" in
  '' | -h | --help) usage && exit 0 ;;
esac

pod=aiq-storage-$$
remove() {
  kubectl -n default delete pod "$pod" --ignore-not-found --wait=false >/dev/null
}
trap remove EXIT

# The image is PostgreSQL's, which the node needs in any case. Who is interrupted leaves it for an hour at most.
kubectl -n default apply -f - >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: $pod
  labels:
    app.kubernetes.io/part-of: aiq-system
    sidecar.istio.io/inject: "false"
spec:
  restartPolicy: Never
  activeDeadlineSeconds: 3600
  terminationGracePeriodSeconds: 0
  automountServiceAccountToken: false
  enableServiceLinks: false
  tolerations:
    - operator: Exists
  containers:
    - name: shell
      image: postgres:18
      command: [sleep, "3600"]
      securityContext:
        runAsUser: 0
      volumeMounts:
        - name: storage
          mountPath: /aiq-storage
  volumes:
    - name: storage
      hostPath:
        path: /tmp/aiq-storage
        type: DirectoryOrCreate
YAML
kubectl -n default wait --for=condition=Ready "pod/$pod" --timeout=300s >/dev/null
kubectl -n default exec -i "$pod" -- "$@"
