import contributions.models.invitation
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Revisions, invitations and what reviewers write; the next migration moves what was sent into revisions."""

    dependencies = [
        ('contributions', '0001_initial'),
        ('dialogues', '0004_log_chain_holds'),
        ('documents', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('question', models.TextField(verbose_name='question')),
                ('question_language', models.CharField(choices=[('ar', 'العربية'), ('zh', '中文'), ('en', 'English'), ('fr', 'Français'), ('ru', 'Русский'), ('es', 'Español')], default='en', max_length=2)),
                ('text', models.TextField(blank=True, max_length=100000, verbose_name='answer')),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ['number'],
                'default_permissions': ['view'],
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('point', models.CharField(choices=[('language', 'The language is the one that is said, and the text is on the subject'), ('files', 'The files are clean: nothing in them but what is meant to be read'), ('contacts', 'No e-mail address, phone number or other way to reach a person at risk'), ('names', 'No name of a victim, and nothing by which one could be recognized')], max_length=10, verbose_name='point')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
            ],
            options={
                'verbose_name': 'checked point',
                'verbose_name_plural': 'checked points',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization_name', models.CharField(max_length=300, verbose_name='organization')),
                ('email', models.EmailField(blank=True, help_text='The link is sent there; without one, copy it and pass it on.', max_length=254, verbose_name='e-mail address')),
                ('late_until', models.DateTimeField(blank=True, help_text='Vienna time. Lets them in after the call has closed.', null=True, verbose_name='late until')),
                ('secret', models.CharField(default=contributions.models.invitation.new_secret, editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=10000, verbose_name='note')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='number')),
                ('organization_name', models.CharField(blank=True, max_length=300, verbose_name='organization')),
                ('person_name', models.CharField(blank=True, max_length=200, verbose_name='your name')),
                ('signers', models.TextField(blank=True, max_length=10000, verbose_name='joint signers')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                ('language', models.CharField(choices=[('ar', 'العربية'), ('zh', '中文'), ('en', 'English'), ('fr', 'Français'), ('ru', 'Русский'), ('es', 'Español')], default='en', max_length=2, verbose_name='language')),
                ('text', models.TextField(blank=True, max_length=100000, verbose_name='text')),
                ('appear_as', models.CharField(choices=[('named', 'With the name of the person and the organization'), ('organization', 'With the name of the organization only'), ('anonymous', 'Without any name')], default='organization', max_length=12, verbose_name='how it appears')),
                ('consented_at', models.DateTimeField(editable=False, null=True, verbose_name='consent to publish')),
                ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='sent')),
                ('shown_at', models.DateTimeField(editable=False, null=True, verbose_name='first published')),
                ('declined_at', models.DateTimeField(editable=False, null=True, verbose_name='declined')),
                ('receipt_code', models.CharField(editable=False, max_length=40, null=True, unique=True)),
                ('sent_files', models.JSONField(default=list, editable=False)),
                ('log_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='begun')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last saved')),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'ordering': ['number'],
                'default_permissions': ['view'],
            },
        ),
        migrations.AlterModelOptions(
            name='guidingquestion',
            options={'ordering': ['number', 'pk'], 'verbose_name': 'guiding question', 'verbose_name_plural': 'guiding questions'},
        ),
        migrations.RemoveConstraint(
            model_name='contribution',
            name='contribution_public_when_published',
        ),
        migrations.RemoveConstraint(
            model_name='contribution',
            name='contribution_sent_has_reference',
        ),
        migrations.AddField(
            model_name='attachment',
            name='appear_as',
            field=models.CharField(blank=True, choices=[('named', 'With the name of the person and the organization'), ('organization', 'With the name of the organization only'), ('anonymous', 'Without any name')], max_length=12, verbose_name='how it appears'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='number',
            field=models.PositiveIntegerField(null=True, verbose_name='number'),
        ),
        migrations.AddField(
            model_name='call',
            name='audience',
            field=models.CharField(choices=[('anyone', 'Anyone with a confirmed address'), ('invited', 'Only those who are invited')], default='anyone', max_length=7, verbose_name='who may contribute'),
        ),
        migrations.AddField(
            model_name='call',
            name='file_megabytes',
            field=models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='MB a file at most'),
        ),
        migrations.AddField(
            model_name='call',
            name='languages',
            field=models.JSONField(blank=True, default=list, help_text='Codes; none chosen means all six.', verbose_name='languages'),
        ),
        migrations.AddField(
            model_name='call',
            name='word_limit',
            field=models.PositiveIntegerField(blank=True, help_text='Of the free text; empty means no limit.', null=True, verbose_name='words at most'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='assigned_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned to'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='publish_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='to be published'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='was_public',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='contribution',
            name='withdrawn_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='withdrawn'),
        ),
        migrations.AddField(
            model_name='guidingquestion',
            name='word_limit',
            field=models.PositiveIntegerField(blank=True, help_text='Of the answer; empty means no limit.', null=True, verbose_name='words at most'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document'),
        ),
        migrations.AlterField(
            model_name='contribution',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Sent, waits for review'), ('returned', 'Changes requested'), ('accepted', 'Accepted, not yet published'), ('published', 'Published'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='draft', editable=False, max_length=10, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='check',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='contributions.call', verbose_name='call'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='contribution',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitation', to='contributions.contribution', verbose_name='used for'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='made_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='note',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='note',
            name='contribution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='contributions.contribution'),
        ),
        migrations.AddField(
            model_name='revision',
            name='contribution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='contributions.contribution'),
        ),
        migrations.AddField(
            model_name='check',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='contributions.revision'),
        ),
        migrations.AddField(
            model_name='answer',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='contributions.revision'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='revision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='contributions.revision'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='newest',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contributions.revision'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='shown',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contributions.revision'),
        ),
    ]
