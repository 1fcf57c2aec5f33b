import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What revisions hold, contributions hold no longer."""

    dependencies = [
        ('contributions', '0003_move_into_revisions'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='attachment',
            options={'ordering': ['number'], 'verbose_name': 'attachment', 'verbose_name_plural': 'attachments'},
        ),
        migrations.RemoveField(
            model_name='attachment',
            name='contribution',
        ),
        migrations.RemoveField(
            model_name='contribution',
            name='consented_at',
        ),
        migrations.RemoveField(
            model_name='contribution',
            name='language',
        ),
        migrations.RemoveField(
            model_name='contribution',
            name='organization_name',
        ),
        migrations.RemoveField(
            model_name='contribution',
            name='text',
        ),
        migrations.RemoveField(
            model_name='contribution',
            name='title',
        ),
        migrations.AlterField(
            model_name='attachment',
            name='number',
            field=models.PositiveIntegerField(verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='contributions.revision'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('revision', 'number'), name='attachment_number_once'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('revision', 'document'), name='attachment_file_once'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('shown', None)), models.Q(('published_at__isnull', False), ('shown__isnull', False)), _connector='OR'), name='contribution_public_shows_a_revision'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='contribution_published_is_public'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), models.Q(('state__in', ['draft', 'declined', 'withdrawn']), _negated=True), _connector='OR'), name='contribution_hidden_is_not_public'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('newest', None), ('state', 'draft')), models.Q(('newest__isnull', False), ('reference__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='contribution_sent_has_reference'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('contribution', 'number'), name='revision_number_once'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(condition=models.Q(('sent_at', None)), fields=('contribution',), name='revision_written_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('receipt_code', None), ('sent_at', None)), models.Q(('consented_at__isnull', False), ('receipt_code__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='revision_sent_has_receipt'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.UniqueConstraint(fields=('revision', 'point'), name='check_point_once'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('revision', 'number'), name='answer_once'),
        ),
    ]
