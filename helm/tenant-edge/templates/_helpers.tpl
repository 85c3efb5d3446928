{{/*
The name of everything in the release, and of what is cluster-scoped. A release called like the chart gives plain `tenant-edge`.
*/}}
{{- define "tenant-edge.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "tenant-edge.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "tenant-edge.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{/*
Labels of every object but the CustomResourceDefinitions, which outlive the release. `commonLabels` replace none of ours.
*/}}
{{- define "tenant-edge.labels" -}}
{{- include "tenant-edge.labelsWith" (list . dict) -}}
{{- end -}}

{{/*
The same and others beside them, of a list with the context and those: ours win, then those, then `commonLabels`.
*/}}
{{- define "tenant-edge.labelsWith" -}}
{{- $context := first . -}}
{{- $ours := dict "app.kubernetes.io/component" "controller" "app.kubernetes.io/part-of" "tenant-edge" -}}
{{- $_ := set $ours "helm.sh/chart" (printf "%s-%s" $context.Chart.Name $context.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") -}}
{{- $_ := set $ours "app.kubernetes.io/version" $context.Chart.AppVersion -}}
{{- $_ := set $ours "app.kubernetes.io/managed-by" $context.Release.Service -}}
{{- merge (include "tenant-edge.selectorLabels" $context | fromYaml) $ours (last .) $context.Values.commonLabels | toYaml -}}
{{- end -}}

{{/*
What selects the controller's pods. A Deployment's selector cannot be changed: nothing that may change with a release belongs here.
*/}}
{{- define "tenant-edge.selectorLabels" -}}
app.kubernetes.io/name: {{ include "tenant-edge.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{/*
The ServiceAccount that the controller runs as, made by the chart or by somebody else.
*/}}
{{- define "tenant-edge.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "tenant-edge.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}
