{{- define "infermux.name" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
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
