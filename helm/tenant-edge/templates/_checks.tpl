{{/*
What no schema can say: values that are each right, and wrong together. Nothing is printed.
*/}}
{{- define "tenant-edge.checks" -}}
{{- if not .Values.installationId -}}
{{- fail "installationId is required: a name like main that tells our AWS resources from those of other installations in the account, and that is never to be changed" -}}
{{- end -}}
{{- $graceMs := mul (int64 .Values.terminationGracePeriodSeconds) 1000 -}}
{{- if le $graceMs (include "tenant-edge.milliseconds" .Values.controller.graceful | int64) -}}
{{- fail (printf "terminationGracePeriodSeconds is %d, and has to be more than controller.graceful, %s: the kubelet would kill a process that is finishing its work" (int64 .Values.terminationGracePeriodSeconds) .Values.controller.graceful) -}}
{{- end -}}
{{- if and (not .Values.controller.leaderElection.enabled) (gt (int64 .Values.replicas) 1) -}}
{{- fail (printf "replicas is %d without controller.leaderElection.enabled: of several controllers one has to be elected" (int64 .Values.replicas)) -}}
{{- end -}}
{{- if and .Values.metrics.serviceMonitor.enabled (not .Values.metrics.service.enabled) -}}
{{- fail "metrics.serviceMonitor.enabled needs metrics.service.enabled: a ServiceMonitor finds pods by a Service" -}}
{{- end -}}
{{- if and .Values.metrics.prometheusRule.enabled (not (or .Values.metrics.serviceMonitor.enabled .Values.metrics.prometheusRule.job)) -}}
{{- fail "metrics.prometheusRule.enabled without metrics.serviceMonitor.enabled needs metrics.prometheusRule.job: alerts on a job that nobody scrapes under this name never fall silent, or never fire" -}}
{{- end -}}
{{- with .Values.metrics.serviceMonitor -}}
{{- if and .enabled (gt (include "tenant-edge.milliseconds" .scrapeTimeout | float64) (include "tenant-edge.milliseconds" .interval | float64)) -}}
{{- fail (printf "metrics.serviceMonitor.scrapeTimeout is %s, and has to be at most the interval, %s: the Prometheus operator would leave the ServiceMonitor out" .scrapeTimeout .interval) -}}
{{- end -}}
{{- end -}}
{{- $fullname := include "tenant-edge.fullname" . -}}
{{- if and .Values.metrics.service.enabled (not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $fullname)) -}}
{{- fail (printf "%s is no name for a Service, which begins with a letter and has no dots: choose another with fullnameOverride" $fullname) -}}
{{- end -}}
{{- if eq (int64 .Values.metrics.port) (int64 .Values.probes.port) -}}
{{- fail (printf "metrics.port and probes.port are both %d" (int64 .Values.metrics.port)) -}}
{{- end -}}
{{- if and .Values.networkPolicy.enabled (not (and .Values.networkPolicy.apiServer.cidrs .Values.networkPolicy.apiServer.ports)) -}}
{{- fail "networkPolicy.apiServer needs cidrs and ports: a rule without them lets everything out" -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- if or (hasPrefix "TENANT_EDGE_" .name) (eq .name "NODE_OPTIONS") -}}
{{- fail (printf "extraEnv has %s, which the chart sets from values of its own" .name) -}}
{{- end -}}
{{- end -}}
{{- include "tenant-edge.sameInstallation" . -}}
{{- end -}}

{{/*
Refuses another installationId for a release that is installed. Where the cluster is not asked (helm template, Argo CD), nothing is known and nothing refused.
*/}}
{{- define "tenant-edge.sameInstallation" -}}
{{- $running := lookup "apps/v1" "Deployment" .Release.Namespace (include "tenant-edge.fullname" .) -}}
{{- $was := dig "metadata" "annotations" "tenantedge.dev/installation-id" "" $running -}}
{{- if and $was (ne $was .Values.installationId) -}}
{{- fail (printf "installationId is %s, and this release was installed as %s: under another name the controller knows none of what it made in AWS" .Values.installationId $was) -}}
{{- end -}}
{{- end -}}
