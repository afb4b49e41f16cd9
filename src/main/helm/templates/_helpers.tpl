{{/* What the names of a release's resources begin with. The longest of them is a CronJob's, which has 52 characters at most. */}}
{{- define "sluice.release" -}}
{{- $name := .Release.Name }}
{{- with .Values.nameOverride }}
{{- if not (contains . $name) }}
{{- $name = printf "%s-%s" $name . }}
{{- end }}
{{- end }}
{{- if not (regexMatch "^[a-z][-a-z0-9]{0,41}$" $name) }}
{{- fail (printf "The release's name %q has to be a letter and at most 41 letters, digits and dashes, with nameOverride behind it: its Service and CronJob are named after it" $name) }}
{{- end }}
{{- $name }}
{{- end }}

{{/* The name of the api's Deployment and Service. Releases of older charts have no component. */}}
{{- define "sluice.api" -}}
{{ include "sluice.release" . }}-{{ .Values.api.component | default "api" }}
{{- end }}

{{/* The name of the ConfigMap with the settings. */}}
{{- define "sluice.configMap" -}}
{{ include "sluice.release" . }}{{ with (.Values.configMap).nameSuffix }}-{{ . }}{{ end }}
{{- end }}

{{/* The settings of all programs, as the ConfigMap has them. The api asks the release's own worker where they name no other. */}}
{{- define "sluice.settings" -}}
{{- $settings := .Values.settings }}
{{- if and (ne (toString .Values.worker.enabled) "false") (not $settings.WORKER_URL) }}
{{- $url := printf "http://%s-worker:8080" (include "sluice.release" .) }}
{{- $settings = merge (dict "WORKER_URL" $url) $settings }}
{{- end }}
{{- range $name, $value := $settings }}
{{ $name }}: {{ include "sluice.text" $value | quote }}
{{- end }}
{{- end }}

{{- define "sluice.chart" -}}
{{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" | trunc 50 | trimSuffix "-" }}
{{- end }}

{{/* The version of the programs, as a label may have it. */}}
{{- define "sluice.version" -}}
{{ .Chart.AppVersion | trunc 63 | trimAll "-_." | quote }}
{{- end }}

{{/* An image: what is there in the values, and the whole. With the values of an older release, the chart's version decides all the same. */}}
{{- define "sluice.image" -}}
{{- $image := first . }}
{{- $image.repository }}:{{ $image.tag | default (last .).Chart.AppVersion }}
{{- end }}

{{/* The name of the ServiceAccount; nothing for the namespace's default. Releases of older charts have no such value. */}}
{{- define "sluice.serviceAccount" -}}
{{- with .Values.serviceAccount }}
{{- .name | default (ternary (include "sluice.release" $) "" .create) }}
{{- end }}
{{- end }}

{{/* The name of the Secret that the pods read. */}}
{{- define "sluice.secret" -}}
{{- $own := include "sluice.release" . }}
{{- with .Values.secret.nameSuffix }}
{{- $own = printf "%s-%s" $own . }}
{{- end }}
{{- .Values.secret.existingSecret | default $own }}
{{- end }}

{{/* The key under which the Secret has a variable: its name, and the whole. */}}
{{- define "sluice.secretKey" -}}
{{- $name := first . }}
{{- get ((last .).Values.secret.keys | default dict) $name | default $name }}
{{- end }}

{{/* A program's environment variables, as a container has them: what its place in the values is called, and what is there. */}}
{{- define "sluice.env" -}}
{{- $place := first . }}
{{- $program := last . }}
{{- range $name, $value := $program.env }}
- name: {{ $name }}
  value: {{ include "sluice.text" $value | quote }}
{{- end }}
{{- range $program.extraEnv }}
{{- if hasKey ($program.env | default dict) .name }}
{{- fail (printf "%s.env and %s.extraEnv both have %s: leave it in one of them" $place $place .name) }}
{{- end }}
- {{ toYaml . | nindent 2 | trim }}
{{- end }}
{{- end }}

{{/* A value as text. Helm reads numbers of a file as floating-point ones, a large one of which would be written as 1e+06. */}}
{{- define "sluice.text" -}}
{{- if kindIs "float64" . }}{{ toJson . }}{{ else }}{{ . }}{{ end }}
{{- end }}

{{/* The files that settings name: a volume, of this Secret, and where each program finds it. */}}
{{- define "sluice.filesVolume" -}}
- name: files
  secret:
    secretName: {{ . | quote }}
    defaultMode: 0440
{{- end }}

{{- define "sluice.filesMount" -}}
- name: files
  mountPath: /etc/sluice/files
  readOnly: true
{{- end }}

{{/* The bytes that are too large for a row: a volume, by this claim, and where a program finds it. */}}
{{- define "sluice.storageVolume" -}}
- name: storage
  persistentVolumeClaim:
    claimName: {{ . | quote }}
{{- end }}

{{- define "sluice.storageMount" -}}
- name: storage
  mountPath: /data
{{- end }}

{{/* Refuses a file that no pod would have: environment variables, and what their place in the values is called. */}}
{{- define "sluice.refuseFiles" -}}
{{- $place := first . }}
{{- range $name, $value := last . }}
{{- if hasPrefix "/etc/sluice/files/" (toString $value) }}
{{- fail (printf "%s.%s is %s, which no pod has: set files.existingSecret to the name of a Secret with the key %s" $place $name $value (base $value)) }}
{{- end }}
{{- end }}
{{- end }}

{{/* What the api speaks. */}}
{{- define "sluice.scheme" -}}
{{- if .Values.settings.HTTP_TLS_CERTIFICATE_FILE }}https{{ else }}http{{ end }}
{{- end }}

{{/* A probe: what its place in the values is called, what is there, and the whole. */}}
{{- define "sluice.probe" -}}
{{- $place := first . }}
{{- $probe := deepCopy (index . 1) }}
{{- $scheme := include "sluice.scheme" (last .) }}
{{- $ways := keys (pick $probe "exec" "httpGet" "tcpSocket") | sortAlpha }}
{{- if not $ways }}
{{- fail (printf "%s has none of exec, httpGet and tcpSocket: give it one" $place) }}
{{- end }}
{{- if gt (len $ways) 1 }}
{{- fail (printf "%s has %s, and can have one of them only: where the chart's own is not meant, set %s.httpGet to null" $place (join " and " $ways) $place) }}
{{- end }}
{{- if and (eq $scheme "https") (hasPrefix "api." $place) $probe.httpGet (has (toString $probe.httpGet.port) (list "8080" "http")) }}
{{- $_ := set $probe.httpGet "scheme" "HTTPS" }}
{{- end }}
{{- toYaml $probe }}
{{- end }}

{{/* How many pods there are at most, which cannot be fewer than there are at least. */}}
{{- define "sluice.maxReplicas" -}}
{{- $program := index . 0 }}
{{- $most := int (index . 1).maxReplicas }}
{{- $least := int (index . 1).minReplicas }}
{{- if lt $most $least }}
{{- fail (printf "%s.autoscaling.maxReplicas is %d, less than %s.autoscaling.minReplicas, %d: raise the one or lower the other" $program $most $program $least) }}
{{- end }}
{{- $most }}
{{- end }}

{{/* With autoscaling, as much memory is requested as there is at most. */}}
{{- define "sluice.apiResources" -}}
{{- $resources := deepCopy .Values.api.resources }}
{{- if .Values.api.autoscaling.enabled }}
{{- $_ := set $resources.requests "memory" $resources.limits.memory }}
{{- end }}
{{- toYaml $resources }}
{{- end }}

{{/* Of what has no name of its own in the platform. */}}
{{- define "sluice.labels" -}}
app.kubernetes.io/part-of: sluice
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ include "sluice.version" . }}
helm.sh/chart: {{ include "sluice.chart" . }}
{{- end }}
