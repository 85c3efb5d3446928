{{/*
Milliseconds of a duration like 500ms, 1.5h or, where Prometheus reads it, 1m30s; the schema lets nothing else through.
*/}}
{{- define "tenant-edge.milliseconds" -}}
{{- $each := dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000 -}}
{{- $sum := 0.0 -}}
{{- range regexFindAll "[0-9.]+[a-z]+" . -1 -}}
{{- $unit := regexFind "[a-z]+$" . -}}
{{- $sum = addf $sum (mulf (trimSuffix $unit . | float64) (get $each $unit)) -}}
{{- end -}}
{{- round $sum 0 | int64 -}}
{{- end -}}

{{/*
Refuses what the process would refuse, before it is rolled out: a schema cannot compare durations, nor numbers that are text, as those of --set are.
*/}}
{{- define "tenant-edge.between" -}}
{{- $number := ternary "tenant-edge.milliseconds" "tenant-edge.number" (regexMatch "[a-z]$" .max) -}}
{{- $is := include $number .value | float64 -}}
{{- if or (lt $is (include $number .min | float64)) (gt $is (include $number .max | float64)) -}}
{{- fail (printf "%s is %v, and has to be from %s to %s" .name .value .min .max) -}}
{{- end -}}
{{- .value -}}
{{- end -}}

{{- define "tenant-edge.number" -}}
{{- . -}}
{{- end -}}

{{/*
The controller's options, a flag each: its --help tells of them. The namespace of the lease comes from the environment.
*/}}
{{- define "tenant-edge.arguments" -}}
{{- $controller := .Values.controller -}}
- --installation-id={{ .Values.installationId }}
- --leader-election={{ ternary "on" "off" $controller.leaderElection.enabled }}
- --lease-duration={{ include "tenant-edge.between" (dict "name" "controller.leaderElection.leaseDuration" "value" $controller.leaderElection.leaseDuration "min" "5s" "max" "5m") }}
- --workers-tenant-domain={{ int64 $controller.workers.tenantDomain }}
- --workers-edge-tier={{ int64 $controller.workers.edgeTier }}
- --resync={{ include "tenant-edge.between" (dict "name" "controller.resync" "value" $controller.resync "min" "10m" "max" "168h") }}
- --fleet-poll={{ include "tenant-edge.between" (dict "name" "controller.fleetPoll" "value" $controller.fleetPoll "min" "30s" "max" "6h") }}
- --pass-deadline={{ include "tenant-edge.between" (dict "name" "controller.passDeadline" "value" $controller.passDeadline "min" "30s" "max" "9m") }}
- --graceful={{ include "tenant-edge.between" (dict "name" "controller.graceful" "value" $controller.graceful "min" "1s" "max" "10m") }}
- --connection-group-linger={{ include "tenant-edge.between" (dict "name" "controller.connectionGroupLinger" "value" $controller.connectionGroupLinger "min" "1s" "max" "168h") }}
- --acm-certificates-per-year={{ int64 $controller.acmCertificatesPerYear }}
{{- with $controller.dnsServers }}
- --dns-servers={{ join "," . }}
{{- end }}
{{- range $name, $flag := include "tenant-edge.rateFlags" . | fromYaml }}
- --{{ $flag }}={{ include "tenant-edge.between" (dict "name" (printf "controller.rates.%s" $name) "value" (get $controller.rates $name) "min" "0.01" "max" "1000") }}
{{- end }}
- --metrics-port={{ int64 .Values.metrics.port }}
- --health-port={{ int64 .Values.probes.port }}
- --log-level={{ $controller.logLevel }}
{{- end -}}

{{- define "tenant-edge.rateFlags" -}}
cloudFrontRead: rate-cloudfront-read
cloudFrontMutate: rate-cloudfront-mutate
acmRequestCertificate: rate-acm-request-certificate
acmDescribeCertificate: rate-acm-describe-certificate
acmDeleteCertificate: rate-acm-delete-certificate
acmListCertificates: rate-acm-list-certificates
acmListTags: rate-acm-list-tags
acmAddTags: rate-acm-add-tags
acmSearchCertificates: rate-acm-search-certificates
wafv2Read: rate-wafv2-read
wafv2Mutate: rate-wafv2-mutate
{{- end -}}
