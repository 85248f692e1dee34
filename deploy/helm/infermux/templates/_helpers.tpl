{{/* With "-management" behind it a service's name still has at most 63 characters. */}}
{{- define "infermux.name" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "infermux.selector" -}}
app.kubernetes.io/name: infermux
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "infermux.labels" -}}
{{ include "infermux.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- define "infermux.secret" -}}
{{ .Values.existingSecret | default (include "infermux.name" .) }}
{{- end -}}

{{- define "infermux.port" -}}
{{ regexFind "[0-9]+$" . }}
{{- end -}}

{{- define "infermux.stateful" -}}
{{- if and .Values.cluster.enabled (eq .Values.cluster.kind "StatefulSet") -}}true{{- end -}}
{{- end -}}

{{/* What the release knows of its cluster and of its volume goes below what config says. */}}
{{- define "infermux.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- if .Values.cluster.enabled -}}
{{- $service := printf "%s-cluster.%s.svc.%s" (include "infermux.name" .) .Release.Namespace .Values.cluster.domain -}}
{{- $cluster := dict
      "enabled" true
      "name" (include "infermux.name" .)
      "host" "${POD_IP}"
      "port" .Values.cluster.port
      "bus_port" .Values.cluster.busPort
      "kubernetes" (dict "service_dns" $service)
      "expected" .Values.replicas
      "remote_calls" .Values.cluster.remoteCalls -}}
{{- if .Values.cluster.tlsSecret -}}
{{- $_ := set $cluster "tls" (dict
      "cert_file" "/etc/infermux-cluster/tls.crt"
      "key_file" "/etc/infermux-cluster/tls.key"
      "ca_file" "/etc/infermux-cluster/ca.crt") -}}
{{- end -}}
{{- $_ := set $config "cluster" (merge ($config.cluster | default dict) $cluster) -}}
{{- end -}}
{{- if or .Values.cluster.enabled .Values.persistence.enabled -}}
{{- if and $config.budgets (kindIs "map" $config.budgets) -}}
{{- $_ := set $config "budgets" (merge $config.budgets (dict "state_file" "/var/lib/infermux/budgets.json")) -}}
{{- end -}}
{{- end -}}
{{- toYaml $config -}}
{{- end -}}
