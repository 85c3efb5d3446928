{{/*
The image: the chart's own version is left out where a digest says more; a tag that was given stays, for people to read.
*/}}
{{- define "tenant-edge.image" -}}
{{- $image := .Values.image -}}
{{- $name := ternary $image.repository (printf "%s/%s" $image.registry $image.repository) (empty $image.registry) -}}
{{- if $image.digest -}}
{{- $name }}{{ with $image.tag }}:{{ . }}{{ end }}@{{ $image.digest -}}
{{- else -}}
{{- $name }}:{{ $image.tag | default .Chart.AppVersion -}}
{{- end -}}
{{- end -}}

{{/*
MiB of a memory quantity like 512Mi, 1Gi, 1G or 536870912; the schema lets nothing else through.
*/}}
{{- define "tenant-edge.mebibytes" -}}
{{- $text := toString . -}}
{{- $unit := regexFind "[A-Za-z]*$" $text -}}
{{- $bytes := dict "" 1 "k" 1e3 "Ki" 1024 "M" 1e6 "Mi" 1048576 "G" 1e9 "Gi" 1073741824 -}}
{{- divf (mulf (trimSuffix $unit $text | float64) (get $bytes $unit)) 1048576 | floor | int64 -}}
{{- end -}}

{{/*
Options of Node: a heap within the container's limit, which Node itself only guesses at.
*/}}
{{- define "tenant-edge.nodeOptions" -}}
{{- with (.Values.resources.limits | default dict).memory -}}
--max-old-space-size={{ div (mul (include "tenant-edge.mebibytes" .) (int64 $.Values.heapPercent)) 100 }}
{{- end -}}
{{- end -}}

{{- define "tenant-edge.environment" -}}
- name: TENANT_EDGE_LEASE_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- with include "tenant-edge.nodeOptions" . }}
- name: NODE_OPTIONS
  value: {{ . }}
{{- end }}
{{- with .Values.aws.endpoints }}
{{- range $suffix, $url := dict "" .default "_ACM" .acm "_CLOUDFRONT" .cloudFront "_STS" .sts "_WAFV2" .wafv2 }}
{{- with $url }}
- name: AWS_ENDPOINT_URL{{ $suffix }}
  value: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/*
Pods of one template are spread; those of the next are counted apart, or a rollout would place them by where the old ones are.
*/}}
{{- define "tenant-edge.topologySpread" -}}
{{- range list (list .Values.topologySpread.zone "topology.kubernetes.io/zone") (list .Values.topologySpread.node "kubernetes.io/hostname") }}
{{- if ne (first .) "None" }}
- maxSkew: 1
  topologyKey: {{ last . }}
  whenUnsatisfiable: {{ first . }}
  labelSelector:
    matchLabels:
      {{- include "tenant-edge.selectorLabels" $ | nindent 6 }}
  matchLabelKeys: [pod-template-hash]
{{- end }}
{{- end }}
{{- end -}}
