{{- define "fargate-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "fargate-operator.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "fargate-operator.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "fargate-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "fargate-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "fargate-operator.labels" -}}
{{ include "fargate-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{- define "fargate-operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "fargate-operator.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.name is required when serviceAccount.create is false: the operator needs an account of its own" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "fargate-operator.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* What a schema cannot say in words that help. */}}
{{- define "fargate-operator.check" -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.leaderElection.enabled) -}}
{{- fail (printf "replicas is %d but leaderElection.enabled is false: several operators would write to AWS at once; enable leaderElection or set replicas to 1" (int .Values.replicas)) -}}
{{- end -}}
{{- if and .Values.environment.create (not .Values.environment.spec) -}}
{{- fail "environment.create is true but environment.spec is empty: say region, cluster and network; see docs/reference/fargateenvironment.md" -}}
{{- end -}}
{{- end -}}
