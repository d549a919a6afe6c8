{{/* Names and labels. */}}

{{- define "freshet.name" -}}
{{- if contains "freshet" .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-freshet" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "freshet.selector" -}}
app.kubernetes.io/name: freshet
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "freshet.labels" -}}
{{ include "freshet.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* The image of a repository, with the registry and tag of all images. */}}
{{- define "freshet.image" -}}
{{- $registry := .root.Values.image.registry -}}
{{- if $registry }}{{ $registry | trimSuffix "/" }}/{{ end -}}
{{ .repository }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end -}}

{{/* Requests and limits of a worker. */}}
{{- define "freshet.workerResources" -}}
{{- $resources := .Values.resources | default dict -}}
{{- $requests := $resources.requests | default dict -}}
requests:
  {{- toYaml $requests | nindent 2 }}
limits:
  {{- merge (deepCopy ($resources.limits | default dict)) $requests | toYaml | nindent 2 }}
{{- end -}}

{{- define "freshet.queuePrefix" -}}
{{- index .Values.settings "QUEUEPREFIX" | default "" -}}
{{- end -}}
