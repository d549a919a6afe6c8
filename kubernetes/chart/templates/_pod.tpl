{{/* The pod template of all three services. Called with root, component, image, port, resources,
     env: the service's own variables, and keys: whether to mount the Secret of keys. Without a port there are no probes.
     With args, the pod runs once instead of serving; account is the service whose account it uses. */}}

{{- define "freshet.pod" -}}
{{- $root := .root -}}
{{- $selector := include "freshet.selector" $root -}}
{{- $account := .account | default .component -}}
metadata:
  labels:
    {{- $selector | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
    {{- if $root.Values.workloadIdentity.clientId }}
    azure.workload.identity/use: "true"
    {{- end }}
  annotations:
    # changed settings restart the pods
    checksum/settings: {{ include (print $root.Template.BasePath "/settings.yaml") $root | sha256sum }}
    {{- with $root.Values.storage.storageAccountConnectionString }}
    checksum/connection-string: {{ . | sha256sum }}
    {{- end }}
spec:
  serviceAccountName: {{ include "freshet.name" $root }}-{{ $account }}
  automountServiceAccountToken: {{ and (eq $account "watcher") $root.Values.rbac.create }}
  {{- if .args }}
  restartPolicy: Never
  {{- end }}
  # otherwise every pod gets variables for each Service, and some of them look like settings
  enableServiceLinks: false
  # FRESHET_GRACE, plus up to 25 s to hand back unfinished work
  terminationGracePeriodSeconds: {{ add $root.Values.gracePeriodSeconds 25 }}
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- with $root.Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $root.Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    seccompProfile:
      type: RuntimeDefault
  topologySpreadConstraints:
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- $selector | nindent 10 }}
          app.kubernetes.io/component: {{ $.component }}
    {{- end }}
  containers:
    - name: {{ .component }}
      image: {{ include "freshet.image" (dict "root" $root "repository" .image) }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      {{- with .args }}
      args:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .port }}
      ports:
        - name: http
          containerPort: {{ . }}
        - name: management
          containerPort: 9000
      {{- end }}
      envFrom:
        - configMapRef:
            name: {{ include "freshet.name" $root }}-settings
      env:
        {{- if not $root.Values.workloadIdentity.clientId }}
        - name: AZURE_STORAGE_CONNECTION_STRING
          valueFrom:
            secretKeyRef:
              name: {{ include "freshet.connectionStringSecret" $root }}
              key: storage-account-connection-string
        {{- end }}
        {{- .env | nindent 8 }}
      {{- if .port }}
      {{- include "freshet.probes" $root | nindent 6 }}
      {{- end }}
      resources:
        {{- toYaml .resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      {{- if .keys }}
      volumeMounts:
        - name: keys
          mountPath: /etc/freshet/keys
          readOnly: true
      {{- end }}
  {{- if .keys }}
  # the gateway reloads the file when it changes
  volumes:
    - name: keys
      secret:
        secretName: {{ $root.Values.keysSecretName }}
  {{- end }}
{{- end -}}

{{/* Whether callers may use keys; empty if not. */}}
{{- define "freshet.takesKeys" -}}
{{- if has "key" (splitList "," (index .Values.settings "AUTH" | default "" | toString | nospace)) -}}
true
{{- end -}}
{{- end -}}

{{- define "freshet.probes" -}}
startupProbe:
  httpGet:
    path: /q/health/started
    port: management
  periodSeconds: 1
  failureThreshold: 120
readinessProbe:
  httpGet:
    path: /q/health/ready
    port: management
  periodSeconds: 2
  timeoutSeconds: 3
livenessProbe:
  httpGet:
    path: /q/health/live
    port: management
  periodSeconds: 10
  timeoutSeconds: 5
{{- end -}}

{{- define "freshet.connectionStringSecret" -}}
{{- if .Values.storage.storageAccountConnectionString -}}
{{ include "freshet.name" . }}-connection-string
{{- else -}}
{{ .Values.storage.connectionStringSecret }}
{{- end -}}
{{- end -}}

{{/* A variable from the Secret secretsName, if the key exists. */}}
{{- define "freshet.optionalSecret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.secretsName }}
      key: {{ .key }}
      optional: true
{{- end -}}

{{/* Variables of the workers of durable-func-aks-keda. */}}
{{- define "freshet.foreignWorker" -}}
- name: AZURE_STORAGE_QUEUE_NAME
  value: {{ include "freshet.queuePrefix" . }}{{ .Values.storage.inputQueueName }}
- name: AZURE_STORAGE_INPUT_BLOB_CONTAINER_NAME
  value: {{ .Values.storage.inputStorageContainerName }}
- name: AZURE_STORAGE_OUTPUT_BLOB_CONTAINER_NAME
  value: {{ .Values.storage.outputStorageContainerName }}
- name: LOOP_SLEEP_TIME_IN_SECONDS
  value: {{ .Values.scale.loopSleepTimeInSeconds | quote }}
{{- end -}}

{{/* Variables with which the watcher creates Jobs. */}}
{{- define "freshet.bursts" -}}
{{- if not .Values.rbac.create -}}
- name: BURSTS
  value: "off"
{{ end -}}
- name: FRESHET_INSTANCE
  value: {{ .Release.Name }}
- name: JOBIMAGE
  value: {{ include "freshet.image" (dict "root" . "repository" .Values.image.repository) }}
{{- with .Values.image.pullSecrets }}
- name: JOBIMAGEPULLSECRET
  value: {{ first . }}
{{- end }}
{{- if .Values.workloadIdentity.clientId }}
- name: JOBSERVICEACCOUNTNAME
  value: {{ include "freshet.name" . }}-worker
{{- end }}
{{- end -}}
